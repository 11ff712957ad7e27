"""Pages about the nouns: institutions, patients, imports."""
