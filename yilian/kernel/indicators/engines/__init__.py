"""What carries out formulas: DuckDB over the lake, Spark over the lake, PostgreSQL over its own rows, all alike."""
