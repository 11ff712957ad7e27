"""Tests of the quality reports."""
