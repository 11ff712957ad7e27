"""Stories of disputes."""
