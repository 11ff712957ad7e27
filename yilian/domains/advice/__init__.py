"""Advice first: a doctor asks a specialist of another member before anybody sends the patient on the way."""
