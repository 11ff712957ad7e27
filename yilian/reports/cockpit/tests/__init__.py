"""Tests of the cockpit's drawings."""
