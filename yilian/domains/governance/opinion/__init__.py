"""What a member has to say about the work of its consortium: filed with the lead, answered by a clock."""
