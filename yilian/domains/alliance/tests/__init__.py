"""Tests of the alliance domain."""
