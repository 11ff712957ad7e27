"""Documents that leave and arrive as FHIR R4 document Bundles: one plain document, a writer and a reader."""
