"""Rules that cite their article, the regulations themselves, parameters and reason codes."""
