"""What can be counted: facts declared by the domains, and their rows as Parquet files by month."""
