"""Wards that two institutions share (延伸病房), the rounds they hold there together, and a note for each patient."""
