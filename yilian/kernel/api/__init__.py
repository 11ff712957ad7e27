"""The JSON interface at /api/v1: every case type, from the same declarations as the pages."""
