"""Laws over all code and all registries, and faults that an installation must survive."""
