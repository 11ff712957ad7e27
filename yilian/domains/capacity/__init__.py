"""What institutions can take: the services they offer, the places they have, and what of it a case has taken."""
