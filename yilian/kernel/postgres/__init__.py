"""Finds, starts and watches PostgreSQL and its three roles."""
