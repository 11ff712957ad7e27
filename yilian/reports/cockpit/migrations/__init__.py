"""Migrations of the cockpit."""
