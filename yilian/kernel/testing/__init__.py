"""A world of named places and people for tests."""
