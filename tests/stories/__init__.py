"""Journeys across domains."""
