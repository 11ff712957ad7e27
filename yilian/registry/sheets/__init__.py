"""Workbooks for the nouns: regions, institutions, practitioners, patients and codes."""
