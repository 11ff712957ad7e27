"""Disputes between members of a consortium: filed, answered, mediated, settled or decided, seen by the parties only."""
