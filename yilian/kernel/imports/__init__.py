"""Excel files read row by row with reasons, dry run and progress."""
