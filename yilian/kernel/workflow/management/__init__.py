"""Commands of the workflow app."""
