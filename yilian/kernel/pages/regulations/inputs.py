"""Inputs of the forms on these pages."""

from django.forms import DateInput


def day() -> DateInput:
    """Return an input for a day, with the calendar of the pages."""
    return DateInput(attrs={"data-date": "", "autocomplete": "off"}, format="%Y-%m-%d")
