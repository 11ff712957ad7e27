"""What looks odd among an institution's stays when it is assessed: one illness cut into several admissions."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import DateField, Exists, ExpressionWrapper, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.inpatient.models import Stay
from yilian.kernel.clock.periods import Period
from yilian.kernel.rules.parameter import Parameter, parameters
from yilian.kernel.rules.values import value_of
from yilian.registry.regulations import S4
from yilian.registry.suspicions import Suspicion, check

SPLIT_DAYS = parameters.add(
    Parameter("inpatient.split_days", gettext_lazy("出院后几天内再入同一机构视为疑似分解住院"), 1, "d", minimum=1,
              maximum=30, group=gettext_lazy("住院患者"))
).key  # fmt: skip


@check("inpatient.split_stays", gettext_lazy("疑似分解住院"), S4.article("6.2.6"))
def split_stays(institution_id: int, consortium_id: int, period: Period) -> Iterable[Suspicion]:
    """Stays that began within some days after the same patient left the same institution."""
    days = int(value_of(SPLIT_DAYS, institution_id=institution_id, consortium_id=consortium_id))
    since = ExpressionWrapper(OuterRef("admitted_on") - timedelta(days=days), output_field=DateField())
    before = Stay.objects.filter(
        patient=OuterRef("patient"), institution=OuterRef("institution"), discharged_on__gte=since,
        discharged_on__lte=OuterRef("admitted_on"), admitted_on__lte=OuterRef("admitted_on"),
    ).exclude(pk=OuterRef("pk"))  # fmt: skip
    rows = Stay.objects.filter(
        institution=institution_id, admitted_on__gte=period.first, admitted_on__lte=period.last
    ).filter(Exists(before))
    found = rows.count()
    if found:
        yield Suspicion(_("{n} 人次出院后 {days} 天内再次入住本机构，请核对").format(n=found, days=days))
