"""How long people wait for a service, computed every night from what really happened."""
