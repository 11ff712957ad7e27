"""The founding of a body: proposed by the lead with its seats, standing until it is dissolved."""
