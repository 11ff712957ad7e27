"""The capacity board: what each institution has free at present, as of when, and who says so."""
