"""Tables of the alliance domain."""
