"""Answers about rows that rarely change, kept in each process until somebody writes to their tables."""
