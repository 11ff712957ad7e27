"""Migrations of the quality reports."""
