"""The bodies of a consortium: which there are, what each is for, who sits in them until when."""
