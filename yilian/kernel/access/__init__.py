"""Who acts: users, their posts, the row scope of a request, and roles."""
