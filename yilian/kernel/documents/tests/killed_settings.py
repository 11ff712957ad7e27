"""Settings of a process that a test kills: the vault of that test and nothing else."""

import os

SECRET_KEY = DATA_KEY = "killed"
MEDIA_ROOT = os.environ["KILLED_MEDIA_ROOT"]
