"""Emergency reading: the glass is broken at once, and somebody else looks at it the next working day."""
