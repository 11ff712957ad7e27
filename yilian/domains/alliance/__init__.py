"""Consortia from the first application to the last day: filing, members, plaques, yearly assessment, dissolution."""
