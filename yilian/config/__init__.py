"""Settings, addresses, the command line and the list of domains."""
