"""Institutional documents: numbered, reviewed, approved, read by their audience, reviewed again every three years."""
