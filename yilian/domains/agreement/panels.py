"""The cards of an agreement: its clauses with their rounds, whether they are kept, and who has signed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.agreement.checking.shown import by_clause
from yilian.domains.agreement.drafting.clauses import article_of
from yilian.domains.agreement.models import Agreement, AgreementState
from yilian.domains.agreement.signing.seals import checked
from yilian.domains.agreement.wording import Line, Piece, Wording, changes
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import Panel
from yilian.kernel.workflow.parties import has_a_hand

NEGOTIABLE = (AgreementState.DRAFT, AgreementState.NEGOTIATING)
EDITORS = ("office", "director", "secretary")


def clauses(agreement: Agreement, actor: Actor) -> dict[str, Any] | None:
    """Return every clause with the rounds in which it was changed; those taken out stand at the end."""
    rows = list(agreement.clauses.all())
    if not rows:
        return None
    live = [row for row in rows if not row.is_dropped]
    wording = Wording(agreement, rows)
    rounds: dict[int, list[dict[str, Any]]] = {}
    for one in agreement.rounds.select_related("institution"):
        kind = next((row.kind for row in rows if row.pk == one.clause_id), "")
        rounds.setdefault(one.clause_id, []).append(
            {"row": one, "pieces": _pieces(wording, kind, one.before, one.after)}
        )
    lines = Wording(agreement, live).lines()
    negotiates = actor.may(*EDITORS) and has_a_hand(agreement, actor.institution_id)
    return {
        "lines": [_line(line, rounds.get(line.clause.pk, [])) for line in lines],
        "dropped": [row for row in rows if row.is_dropped and row.pk in rounds],
        "may_edit": agreement.state in NEGOTIABLE and negotiates,
        "rounds": sum(map(len, rounds.values())),
    }  # fmt: skip


def signatures(agreement: Agreement, actor: Actor) -> dict[str, Any] | None:
    """Return every signature and whether it still holds; who has to sign yet."""
    if not agreement.text_digest:
        return None
    found = checked(agreement)
    signed = {item.signature.institution_id for item in found}
    missing = [one for one in agreement.signatories if one not in signed]
    names = Wording(agreement, []).names
    return {"checks": found, "missing": [names.get(one, "") for one in missing], "digest": agreement.text_digest}


def _line(line: Line, rounds: list[dict[str, Any]]) -> dict[str, Any]:
    return {"line": line, "rounds": rounds, "article": article_of(line.clause)}


def _pieces(wording: Wording, kind: str, before: dict[str, Any], after: dict[str, Any]) -> list[Piece]:
    """Return what a round changed, as it reads with the values filled in."""
    texts = [wording.text(one.get("text", ""), kind, one.get("terms", {})) if one else "" for one in (before, after)]
    return changes(*texts)


def checks(agreement: Agreement, actor: Actor) -> dict[str, Any] | None:
    """Return whether its clauses are kept, once it is in force."""
    if agreement.in_force_since is None:
        return None
    lines = by_clause(agreement)
    return {"lines": lines} if lines else None


CLAUSES = Panel("clauses", _("协议条款"), "agreement/clauses.html", clauses)
SIGNATURES = Panel("signatures", _("签署与核验"), "agreement/signatures.html", signatures)
CHECKS = Panel("checks", _("履约体检"), "agreement/card_checks.html", checks)
PANELS = (CLAUSES, CHECKS, SIGNATURES)
