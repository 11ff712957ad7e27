"""Pages of messages: the list, and through which channels one wants them."""
