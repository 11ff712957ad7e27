"""Who saw or did what, when, from where, as whom and on what ground; append-only."""
