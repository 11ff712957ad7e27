"""Establishing city groups, county communities and telemedicine networks (S0, S2)."""
