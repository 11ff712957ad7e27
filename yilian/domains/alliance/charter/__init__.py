"""The charter of a consortium is revised (S3 11, S2 2.1.2)."""
