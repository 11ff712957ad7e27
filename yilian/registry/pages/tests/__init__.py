"""Tests of the pages about the nouns."""
