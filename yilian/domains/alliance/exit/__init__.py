"""A member leaves a consortium and settles what is open."""
