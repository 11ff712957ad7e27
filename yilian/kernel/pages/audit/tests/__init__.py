"""Tests of the pages about access records."""
