"""Drafting and negotiating: clauses from the library, and every change of one kept as a round."""
