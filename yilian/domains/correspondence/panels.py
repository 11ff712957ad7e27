"""The card of a letter: who has received it and who has not."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.correspondence.models import Letter, LetterState
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import Panel
from yilian.registry.models import Institution


def receipts(letter: Letter, actor: Actor) -> dict[str, Any] | None:
    """Return each addressee with the line of the history that says when it received the letter, if it has."""
    if letter.state not in (LetterState.ISSUED, LetterState.ARCHIVED, LetterState.REVOKED):
        return None
    received = {line.institution_id: line for line in letter.history.filter(verb="acknowledge").order_by("seq")}
    places = {row.institution_id for row in letter.taking_part()} - {letter.issuer_id}
    rows = Institution.objects.filter(pk__in=places).order_by("pk")
    return {"lines": [(one, received.get(one.pk)) for one in rows], "done": len(places & received.keys())}


RECEIPTS = Panel("receipts", _("收文签收"), "correspondence/receipts.html", receipts)
