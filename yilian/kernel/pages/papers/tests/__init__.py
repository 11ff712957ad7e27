"""Tests of the register of papers."""
