"""Pages about who saw or did what."""
