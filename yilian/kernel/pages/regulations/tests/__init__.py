"""Tests of the pages about what binds."""
