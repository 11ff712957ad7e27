"""Which agreement, limit or price applies between two institutions, why, and what would apply otherwise."""
