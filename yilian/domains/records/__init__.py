"""Records: a patient's clinical documents across institutions: read on a ground, sent along, never changed."""
