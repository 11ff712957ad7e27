"""Texts that people read: plain, or waiting for the reader's language."""

from django.utils.functional import Promise

Words = str | Promise
