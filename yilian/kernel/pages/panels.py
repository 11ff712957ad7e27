"""The cards of a case's page: those every case has, and those its case type adds or replaces."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel import rows
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import User
from yilian.kernel.notices.models import CaseUrge
from yilian.kernel.notices.urging import waits_for_others
from yilian.kernel.pages.facts import facts_of
from yilian.kernel.pages.paperwork import documents_of
from yilian.kernel.workflow.case_type import Panel
from yilian.kernel.workflow.concealing import readable
from yilian.kernel.workflow.conversation import linked
from yilian.kernel.workflow.flow import EDIT
from yilian.kernel.workflow.models import Case, CaseMessage, Happening
from yilian.kernel.workflow.parties import has_a_hand


@dataclass(frozen=True)
class Card:
    """A card ready to be drawn."""

    key: str
    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


def _facts(case: Case, actor: Actor) -> dict[str, Any] | None:
    groups = facts_of(case, actor)
    return {"groups": groups} if groups else None


def _links(case: Case, actor: Actor) -> dict[str, Any] | None:
    found = [(relation.removeprefix("<-"), other) for relation, other in linked(case)]
    return {"links": found} if found else None


def messages_of(case: Case, actor: Actor) -> dict[str, Any]:
    """Return what was said on the case, who has read it, and whether some of it is new to this person."""
    said = rows.where(CaseMessage, "case_id = %s order by id", [case.pk])
    prefetch_related_objects(said, "receipts")
    unread = [
        message
        for message in said
        if message.author_id != actor.user_id
        and all(receipt.user_id != actor.user_id for receipt in message.receipts.all())
    ]
    return {"said": said, "me": actor.user_id, "unread": len(unread), "may_say": has_a_hand(case, actor.institution_id)}


def urges_of(case: Case, actor: Actor) -> dict[str, Any] | None:
    """Return who urged whom, and whether this actor may; None when there is neither."""
    said = rows.where(CaseUrge, "case_id = %s order by at desc", [case.pk])
    waiting = waits_for_others(case, actor.institution_id) and has_a_hand(case, actor.institution_id)
    return {"said": said, "may_urge": waiting} if said or waiting else None


def _history(case: Case, actor: Actor) -> dict[str, Any]:
    lines = rows.where(Happening, "case_id = %s order by seq desc", [case.pk])
    return {"lines": [_line(case, item) for item in readable(case, lines)]}


def _line(case: Case, item: Happening) -> dict[str, Any]:
    case_type = case.case_type
    step = case_type.flow.step(item.verb)
    order = [ask.name for ask in (*(step.asks if step else ()), *case_type.form)]
    answers = []
    for name in sorted(item.answers, key=lambda name: order.index(name) if name in order else len(order)):
        ask = case_type.ask(name)
        answers.append((str(ask.title) if ask else name, item.answers[name].get("label", "")))
    principal = User.objects.filter(pk=item.on_behalf_of_id).first() if item.on_behalf_of_id else None
    return {
        "title": _("发起") if item.verb == "open" else case_type.step_title(item.verb),
        "at": item.at,
        "who": item.actor_name,
        "where": item.institution_name,
        "for": principal,
        "note": item.note,
        "answers": answers,
        "is_long": len(answers) > 4 or item.verb in ("open", EDIT),
        "to": case_type.state_title(item.state_to) if item.state_to != item.state_from else "",
    }


DEFAULTS = (
    Panel("facts", "", "pages/card_facts.html", _facts),
    Panel("documents", gettext_lazy("材料与文书"), "pages/card_documents.html", documents_of),
    Panel("messages", gettext_lazy("沟通"), "pages/card_messages.html", messages_of),
    Panel("history", gettext_lazy("办理记录"), "pages/card_history.html", _history, aside=True),
    Panel("urges", gettext_lazy("催办"), "pages/card_urges.html", urges_of, aside=True),
    Panel("parties", gettext_lazy("参与机构"), "pages/card_parties.html", aside=True),
    Panel("links", gettext_lazy("关联事项"), "pages/card_links.html", _links, aside=True),
)
NOT_ON_PAPER = frozenset(["documents", "messages", "links", "urges"])


def cards_of(case: Case, actor: Actor, *, for_paper: bool = False) -> tuple[list[Card], list[Card]]:
    """Return the cards of the main column and those beside it; a panel whose context is None is left out."""
    main: list[Card] = []
    aside: list[Card] = []
    for panel in _panels(case):
        if for_paper and panel.key in NOT_ON_PAPER:
            continue
        context = panel.context(case, actor) if panel.context else {}
        if context is not None:
            (aside if panel.aside else main).append(Card(panel.key, str(panel.title), panel.template, dict(context)))
    return main, aside


def _panels(case: Case) -> Iterator[Panel]:
    """Yield the panels of every case; those of the case type replace one of the same key or follow the facts."""
    own = {panel.key: panel for panel in case.case_type.panels}
    known = {panel.key for panel in DEFAULTS}
    for panel in DEFAULTS:
        yield own.get(panel.key, panel)
        if panel.key == "facts":
            yield from (extra for key, extra in own.items() if key not in known)
