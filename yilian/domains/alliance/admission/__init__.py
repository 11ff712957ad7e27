"""An institution joins a consortium (S4 6)."""
