"""The cockpit: how the consortium runs, on one screen that everybody in the room can read."""
