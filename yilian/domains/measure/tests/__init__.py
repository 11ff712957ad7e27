"""Tests of the measure domain."""
