"""A member puts up the consortium's plaque, until it lapses (S4 7.2.2 and annex)."""
