"""Patients on their way between two hospitals: who escorts them, what is handed over, and who has signed for them."""
