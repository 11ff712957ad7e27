"""The yearly assessment of an alliance and its result (S3 17 to 19)."""
