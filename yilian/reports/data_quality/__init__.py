"""Data quality: which members fed which months, how good it was, and what is therefore unknown."""
