"""Attachments and official papers of a case."""
