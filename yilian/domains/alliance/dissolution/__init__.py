"""A consortium is dissolved, by order or by its own wish (S3 19 and 20)."""
