"""Calls for help with the platform itself: who could not work, since when and why, and what helped."""
