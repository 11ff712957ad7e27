"""Due dates, reminders, lapse by the clock, and obligations on a calendar."""
