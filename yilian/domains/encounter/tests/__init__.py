"""Tests of feeding care data."""
