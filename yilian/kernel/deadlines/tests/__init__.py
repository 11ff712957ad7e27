"""Tests of deadlines and obligations."""
