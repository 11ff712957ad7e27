"""A council is elected anew (S3 11)."""
