"""Patients in the beds of an institution as it reports them, and whether they could be looked after nearer home."""
