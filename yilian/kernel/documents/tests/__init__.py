"""Tests of attachments and official papers."""
