"""The service directory: what each institution offers to others, in versions, and what a case has chosen of it."""
