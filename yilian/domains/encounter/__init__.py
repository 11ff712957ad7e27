"""Encounters, orders and staff sent elsewhere, as each member reports them from its own systems, month by month."""
