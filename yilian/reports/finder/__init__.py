"""Which in-patients could be looked after nearer home, and where: a suggestion says why, a doctor decides."""
