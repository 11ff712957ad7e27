"""The numbers of green channels: a patient counts at the receiver, in the period of the first of two time points."""

from datetime import timedelta
from decimal import Decimal

from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from yilian.domains.referral.grounds import EMERGENCY
from yilian.domains.referral.models import Countersign, Referral, TimePoint
from yilian.domains.referral.vocabulary import EmergencyKind
from yilian.kernel import clock
from yilian.kernel.indicators.indicator import Extent, Share, indicator
from yilian.kernel.indicators.shelf import Target
from yilian.kernel.registries.keys import bounds
from yilian.kernel.rules.values import value_of
from yilian.registry.regulations import S4

CENTRES = S4.article("3.2.6")
KNOWN = _("期内两个时间节点都已登记的")
INSIDE = _("用时在目标之内的")
THREE_QUARTERS, TRANSCRIBED = Target(Decimal(75)), _("目标值取自胸痛中心再认证标准的转录，未得原件")


def _at(point: str) -> Subquery:
    rows = TimePoint.objects.filter(case_id=OuterRef("pk"), point=point).values("at")
    return Subquery(rows[:1], output_field=DateTimeField())


def _timed(extent: Extent, kind: str, first: str, last: str) -> QuerySet[Referral]:
    """Return the referrals of a kind of which both points are known, the first of them in the period."""
    rows = Referral.objects.filter(emergency_kind=kind).annotate(first=_at(first), last=_at(last))
    rows = rows.filter(first__gte=extent.period.start_at, first__lt=extent.period.end_at, last__isnull=False)
    return extent.narrow(rows, "receiver_id")


def _within(whole: QuerySet[Referral], extent: Extent, limit: str) -> Share:
    minutes = int(value_of(f"referral.green.{limit}", extent.institution_id, extent.consortium_id))
    return Share(part=whole.filter(last__lt=F("first") + timedelta(minutes=minutes + 1)), whole=whole)


@indicator(
    "referral.fmc_ecg", _("首份心电图达标率"), "%", "up", CENTRES, part_says=INSIDE, whole_says=KNOWN,
    target=THREE_QUARTERS, help=TRANSCRIBED,
)  # fmt: skip
def first_ecg(extent: Extent) -> Share:
    """Chest pain: the first ECG within the limit after the first medical contact, of those with both points known."""
    return _within(_timed(extent, EmergencyKind.CHEST_PAIN, "fmc", "ecg"), extent, "fmc_ecg")


@indicator(
    "referral.door_wire", _("进门至导丝通过达标率"), "%", "up", CENTRES, part_says=INSIDE, whole_says=KNOWN,
    target=THREE_QUARTERS, help=TRANSCRIBED,
)  # fmt: skip
def door_to_wire(extent: Extent) -> Share:
    """Chest pain: the wire through within the limit after the door, of those with both points known."""
    return _within(_timed(extent, EmergencyKind.CHEST_PAIN, "door", "wire"), extent, "door_wire")


@indicator("referral.door_needle", _("卒中溶栓达标率"), "%", "up", CENTRES, part_says=INSIDE, whole_says=KNOWN)
def door_to_needle(extent: Extent) -> Share:
    """Stroke: thrombolysis begun within the limit after the door, of those with both points known."""
    return _within(_timed(extent, EmergencyKind.STROKE, "door", "needle"), extent, "door_needle")


@indicator(
    "referral.countersigned", _("先行转诊补审及时率"), "%", "up", EMERGENCY,
    part_says=_("期限内已补审的"), whole_says=_("期内先行发出、已补审或期限已过的"),
)  # fmt: skip
def countersigned(extent: Extent) -> Share:
    """Approvals given or refused before their time was over, of those decided or overdue."""
    first, after = bounds(extent.period.start_at, extent.period.end_at)
    rows = Countersign.objects.filter(pk__gte=first, pk__lt=after)
    rows = extent.narrow(rows, "signer_id")
    whole = rows.filter(Q(decided_at__isnull=False) | Q(owed_until__lt=clock.now()))
    return Share(part=whole.filter(decided_at__lte=F("owed_until")), whole=whole)
