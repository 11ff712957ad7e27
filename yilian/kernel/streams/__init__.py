"""Server-sent events: open pages hear that something they may see has changed, and ask for it again."""
