"""Migrations of the almanac."""
