"""Messages to posts and people, in the product and by e-mail."""
