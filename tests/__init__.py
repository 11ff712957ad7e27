"""Laws over all code, journeys across domains, and browser journeys."""
