"""What is FHIR R4 (4.0.1) and nobody's domain: reading JSON strictly, shapes of resources, narrative, outcomes."""
