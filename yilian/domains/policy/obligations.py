"""What owners of documents owe on a calendar: a review every three years, and the rows that prove it."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.policy.models import Policy, PolicyState
from yilian.kernel.deadlines.obligation import Evidence, Obligation, Subject, obligations
from yilian.registry.regulations import S4


def in_force(on: date) -> Iterator[Subject]:
    """Yield each document in force that the reader sees, as owed by its owner."""
    rows = Policy.objects.filter(state__in=(PolicyState.IN_FORCE, PolicyState.DUE), issued_on__lte=on)
    for row in rows.order_by("document_number"):
        label = f"{row.document_number} {row.subject}"
        yield Subject(
            f"policy:{row.pk}", label, row.issued_on, row.owner_id, row.consortium_id, until=row.review_on
        )  # fmt: skip


def reviewed(subject: Subject, first: date, last: date) -> list[Evidence]:
    """Return the days in this span on which the document came out, was revised or was confirmed."""
    row = Policy.objects.get(pk=subject.id.partition(":")[2])
    days = {row.issued_on: now("发行"), row.revised_on: now("修订"), row.confirmed_on: now("复审")}
    return [Evidence(what, row.get_absolute_url(), day) for day, what in days.items() if day and first <= day <= last]


obligations.add(
    Obligation("policy.review", _("制度文件复审或修订"), S4.article("文头"), "3 years", in_force, reviewed,
               help=_("每份现行文件三年内复审或修订一次；逐份另定年限的以文件为准。"))
)  # fmt: skip
