"""A small case type of no domain, so that the kernel's tests need no domain."""
