"""Signing: one text for all, a seal over each signature, and whether text and files still are what was signed."""
