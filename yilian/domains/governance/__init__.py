"""How a consortium decides: motions put to its members, their ballots, and what a resolution does."""
