"""The ballot box: what is put in is counted and forgotten, and it opens when the motion is counted.

The table is closed to the app; two functions of the owner put in and open it (docs/adr/0121).
"""

from django.db import connection

from yilian.domains.governance.models import Motion
from yilian.domains.governance.motion.tally import ABSTAIN, AGAINST, FOR


def put_in(motion: Motion, choice: str) -> None:
    """Count one secret vote."""
    with connection.cursor() as cursor:
        cursor.execute("select ballot_put_in(%s, %s)", [motion.pk, choice])


def opened(motion: Motion) -> list[tuple[str, int]]:
    """Return (choice, votes) of a motion that is counted; nothing for one that is not."""
    with connection.cursor() as cursor:
        cursor.execute("select in_favour, against, abstained from ballot_box_of(%s)", [motion.pk])
        row = cursor.fetchone()
    return list(zip((FOR, AGAINST, ABSTAIN), row, strict=True)) if row else []
