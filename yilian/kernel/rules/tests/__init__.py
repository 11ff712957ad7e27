"""Tests of rules, parameters and reasons."""
