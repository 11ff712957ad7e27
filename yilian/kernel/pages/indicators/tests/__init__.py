"""Tests of the shelf and of the pages of indicators."""
