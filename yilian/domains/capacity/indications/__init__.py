"""Indications for sending patients up and down: shipped defaults, what consortia make of them, what cases name."""
