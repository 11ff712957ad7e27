"""The assessment of one member: claimed, reviewed, inspected, confirmed, objected to, final."""
