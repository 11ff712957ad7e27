"""The kernel knows cases, rules and numbers and no word of any domain."""
