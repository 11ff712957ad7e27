"""The members a consortium begins with: each is asked, and its conditions are checked (S4 6.1, 6.2)."""
