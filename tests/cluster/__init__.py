"""Tests against a real Spark cluster on this machine."""
