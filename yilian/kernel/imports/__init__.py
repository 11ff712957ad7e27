"""Excel in: a declared sheet, a template, a dry run, reasons row by row, and nothing half-written."""
