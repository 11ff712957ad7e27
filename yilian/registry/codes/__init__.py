"""Code systems: what is shipped with the program, and how a code is found."""
