"""What leaves a consortium: tables in which small cells are hidden, with as many others as keep them hidden."""
