"""Definitions of indicators that a consortium changes or adds: written, tried on last month, approved, in force."""
