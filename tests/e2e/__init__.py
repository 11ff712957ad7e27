"""Journeys in a real browser: the site on a fresh database, people who log in, pages that are read by axe."""
