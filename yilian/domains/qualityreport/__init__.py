"""Quarterly quality reports: written from the numbers for each member, commented, approved, published, acknowledged."""
