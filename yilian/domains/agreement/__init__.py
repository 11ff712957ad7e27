"""What institutions promise each other: agreements by clause, whether they are kept, and which one applies."""
