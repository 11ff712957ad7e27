"""Log-ins of the demo: most people have been here lately, some long ago, some never."""

from datetime import timedelta

from yilian.kernel import clock
from yilian.kernel.access.models import User

NEVER, LONG_AGO = 7, 5
"""Every so manieth account never logged in, every so manieth not for months."""


def bring_logins() -> None:
    """Let everybody but a few have logged in at some time."""
    users = list(User.objects.order_by("pk"))
    for number, user in enumerate(users):
        days = 120 if number % LONG_AGO == LONG_AGO - 1 else number % 9
        user.last_login = None if number % NEVER == NEVER - 1 else clock.now() - timedelta(days=days, hours=number % 11)
    User.objects.bulk_update(users, ["last_login"])
