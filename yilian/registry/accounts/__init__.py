"""Accounts and posts as the administrator of an institution keeps them: who works here, in which roles, until when."""
