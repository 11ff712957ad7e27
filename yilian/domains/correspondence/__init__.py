"""What institutions write to each other in official form: letters, notices, bulletins and publications."""
