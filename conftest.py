"""Fixtures for every test of the house, and names of tests that are the same in every process."""

pytest_plugins = ["yilian.kernel.testing.databases", "tests.world"]
LONGEST_PART = 40


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a value that is a file or very long by its size: what is in it differs between processes and fills lines."""
    if isinstance(val, bytes) or (isinstance(val, str) and len(val) > LONGEST_PART):
        return f"{argname}-of-{len(val)}"
    return None
