"""Tests of the policy domain."""
