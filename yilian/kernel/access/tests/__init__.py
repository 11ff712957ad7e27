"""Tests of users, posts and passwords."""
