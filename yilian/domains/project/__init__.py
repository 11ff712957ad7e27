"""Joint projects of members: applied for, screened, decided, planned, carried out with evidence, evaluated."""
