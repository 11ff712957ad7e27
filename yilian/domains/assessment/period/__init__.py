"""A period of assessment: opened by the lead's office, its data locked, its results published by the authority."""
