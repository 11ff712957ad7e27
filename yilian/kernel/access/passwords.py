"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id with 46 MiB, one pass and one lane, as the OWASP Password Storage Cheat Sheet recommends.

    Django's own choice takes 100 MiB and eight lanes for each log-in: a morning's eight at once would fill a small
    server. A password that was kept with other costs is kept anew when its owner next logs in.
    """

    memory_cost = 47104  # KiB
    time_cost = 1
    parallelism = 1
