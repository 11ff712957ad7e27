"""Who comes into a body's seats and who leaves them: nominated, then voted on or decided, then seated."""
