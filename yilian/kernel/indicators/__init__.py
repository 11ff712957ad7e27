"""Numbers defined once, with numerator, denominator, unit, direction and citation."""
