"""Places that can be booked, and which case holds which: reserved while a case is accepted, freed by every ending."""
