"""Patients between two institutions right now: on the road, expected and not there, sent down and not yet seen."""
