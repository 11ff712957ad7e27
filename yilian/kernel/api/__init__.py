"""The JSON interface /api/v1, derived from the registries."""
