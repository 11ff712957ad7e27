"""Benchmarks on realistic data against the production server; `make bench` prints JSON."""
