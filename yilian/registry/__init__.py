"""The nouns all domains share: regions, institutions, practitioners, patients, consortia and code systems."""
