"""Fixtures for every test of the house."""

pytest_plugins = ["yilian.kernel.testing.databases", "tests.world"]
