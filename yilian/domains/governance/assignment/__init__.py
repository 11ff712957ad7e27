"""A task that a resolution gives to an institution: done with evidence, judged by the lead."""
