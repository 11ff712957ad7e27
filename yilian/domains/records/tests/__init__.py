"""Tests of the records domain."""
