"""A motion: drafted by the lead, voted on by the members, counted, and carried out by itself."""
