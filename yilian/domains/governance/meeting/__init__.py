"""A meeting: called with its agenda, answered by those invited, held with a quorum, minuted and approved."""
