"""What programs can ask of the interface, one module for each part of it."""
