"""The domains: each is mostly data for the kernel and never imports a sibling."""
