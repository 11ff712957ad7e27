"""Writing the indications of a consortium: the office of its lead decides; every change is a new version."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.capacity.models import Indication, IndicationVersion
from yilian.domains.capacity.models.indication import ADVICE
from yilian.domains.capacity.versions import Versions
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.registry.consortia import consortia_of
from yilian.registry.models import Consortium
from yilian.registry.writing import Faults

KEEPERS = ("office", "director", "quality")
"""Who decides at the lead: in a consortium the lead sets the standards of referral (国卫办医政发〔2024〕21号)."""
CODE = re.compile(r"[A-Z](\d{2}(\.\d{1,3})?)?")


def led_by(actor: Actor) -> list[Consortium]:
    """Return the consortia that the actor's institution leads today."""
    own = consortia_of(actor.institution_id, clock.today())
    return [consortium for consortium in own if consortium.lead_id == actor.institution_id]


def add_indication(consortium: Consortium | None, *, by: Actor, shipped_key: str = "", **advice: Any) -> Indication:
    """Insert an indication of a consortium; `shipped_key` names the default it replaces. Raises ValidationError."""
    if consortium is None or consortium.pk not in {one.pk for one in led_by(by)}:
        raise ValidationError({"consortium": [_("指征由医联体的牵头单位制定")]})
    row = Indication(consortium=consortium, shipped_key=shipped_key)
    _INDICATIONS.add(row, advice, by)
    return row


def revise_indication(row: Indication, *, by: Actor, seen: int | None = None, **advice: Any) -> bool:
    """Change an indication by a new version and say whether anything changed.

    Raises ValidationError, StaleFactsError when there is a newer version than the one seen.
    """
    return _INDICATIONS.revise(row, advice, by, seen)


def switch_indication(row: Indication, *, by: Actor, is_on: bool) -> bool:
    """Offer an indication to the members of its consortium, or no longer; say whether anything changed."""
    return _INDICATIONS.switch(row, by, is_on=is_on)


def _own(actor: Actor) -> QuerySet[Indication]:
    return Indication.objects.filter(consortium__in=[consortium.pk for consortium in led_by(actor)])


def _check(row: Indication) -> None:
    faults = Faults()
    row.condition = (row.condition or "").strip()
    row.diagnoses = sorted({code.strip().upper() for code in row.diagnoses or () if code.strip()})
    if strange := [code for code in row.diagnoses if not CODE.fullmatch(code)]:
        text = _("应为 ICD-10 编码或其开头，如 I21、I21.0、I：{codes}").format(codes="、".join(strange))
        faults.add("diagnoses", text)
    if row.is_confirmed and not row.source.strip():
        faults.add("source", _("已核定的指征应写明依据"))
    faults.of(row, ask_database=False)
    faults.refuse()


_INDICATIONS: Versions[Indication] = Versions(
    model=IndicationVersion, of="indication", says=ADVICE, own=_own, check=_check, noun="indication",
    added="offered_indication", revised="revised_indication", switched="revised_indication",
    not_own=gettext_lazy("指征由医联体的牵头单位制定"),
    stale=gettext_lazy("指征已被他人修改为第 {version} 版，请查看后重新填写。"),
)  # fmt: skip
