"""Stories of calls for help."""
