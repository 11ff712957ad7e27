"""Messages to post groups: written with the step that causes them, read once per person, sent on after commit."""
