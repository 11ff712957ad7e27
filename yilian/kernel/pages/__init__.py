"""Pages derived from the registries: list, detail, form, steps, inbox, search."""
