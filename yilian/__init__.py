"""Yilian 医联: the system that runs a medical consortium."""
