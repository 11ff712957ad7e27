"""Reports over several domains, read through their api modules."""
