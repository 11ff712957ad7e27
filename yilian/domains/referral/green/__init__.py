"""Emergencies: green channels with their time points, the mode of a consortium, and approval that follows later."""
