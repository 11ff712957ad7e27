"""What the parties of an agreement owe on a calendar: to follow it up before its term is over."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.agreement.models import Agreement, AgreementState
from yilian.kernel.clock.periods import add_years
from yilian.kernel.deadlines.obligation import Evidence, Obligation, Subject, obligations
from yilian.registry.regulations import S0

RUNNING = (AgreementState.IN_FORCE, AgreementState.EXPIRING)


def terms(on: date) -> Iterator[Subject]:
    """Yield each agreement that runs or ran out within a year, as owed by its drafter and watched by its partners."""
    ran_out = Q(state=AgreementState.EXPIRED, ends_on__gte=add_years(on, -1))
    rows = Agreement.objects.filter(Q(state__in=RUNNING) | ran_out, begins_on__lte=on, ends_on__isnull=False)
    for row in rows.order_by("ends_on", "pk"):
        watchers = frozenset(row.signatories) - {row.drafter_id}
        label = f"{row.number} {row.subject}"
        yield Subject(
            f"agreement:{row.pk}", label, row.begins_on, row.drafter_id, row.consortium_id, watchers, row.ends_on
        )  # fmt: skip


def followed_up(subject: Subject, first: date, last: date) -> list[Evidence]:
    """Return the signing of an agreement whose end is not near, or of the one that follows it."""
    row = Agreement.objects.get(pk=subject.id.partition(":")[2])
    next_one = row.successors.exclude(signed_on=None).order_by("signed_on").first()
    if next_one is not None and next_one.signed_on is not None:
        words = now("续签 {number}").format(number=next_one.number)
        return [Evidence(words, next_one.get_absolute_url(), next_one.signed_on)]
    if row.state == AgreementState.IN_FORCE:
        return [Evidence(now("履行中"), row.get_absolute_url(), max(row.begins_on or first, first))]
    return []


obligations.add(
    Obligation(
        "agreement.term", _("合作协议到期前续签或另行约定"), S0.article("管理制度 14"), "1 years", terms, followed_up,
        says=_("每份协议到期前"),
        help=_("以协议所写的截止日期为准；进入到期提醒期后转为待履行，到期未续签的标为未履行，一年后不再列出。"),
    )
)  # fmt: skip
