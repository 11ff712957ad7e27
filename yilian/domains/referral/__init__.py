"""Referrals: a patient handed from one institution to another, up, down or sideways, with an answer that comes back."""
