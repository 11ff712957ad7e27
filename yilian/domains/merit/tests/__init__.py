"""Stories of merits and penalties."""
