"""Stories of governance."""
