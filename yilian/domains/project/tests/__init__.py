"""Stories of joint projects."""
