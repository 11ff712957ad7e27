"""Whether clauses are kept: every night, all clauses of a kind together."""
