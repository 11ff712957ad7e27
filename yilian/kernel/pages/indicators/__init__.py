"""The shelf of indicators and the page of each: stored results, and what one looks at evaluated anew."""
