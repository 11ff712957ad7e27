"""Pages about what binds: regulations, obligations, indicators, parameters, reasons."""
