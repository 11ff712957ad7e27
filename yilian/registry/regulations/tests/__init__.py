"""Tests of the source documents as data."""
