"""Tests of the workflow kernel."""
