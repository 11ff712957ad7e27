"""Writing the indications of a consortium: the office of its lead decides; every change is a new version."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yilian.domains.capacity.models import Indication, IndicationVersion
from yilian.domains.capacity.models.indication import ADVICE
from yilian.kernel import audit, clock
from yilian.kernel.access.actor import Actor
from yilian.registry.consortia import consortia_of
from yilian.registry.models import Consortium
from yilian.registry.writing import Faults, set_facts

KEEPERS = ("office", "director", "quality")
"""Who decides at the lead: in a consortium the lead sets the standards of referral (国卫办医政发〔2024〕21号)."""
CODE = re.compile(r"[A-Z](\d{2}(\.\d{1,3})?)?")


class StaleIndicationError(ValidationError):
    """Somebody else has changed the indication since it was read."""


def led_by(actor: Actor) -> list[Consortium]:
    """Return the consortia that the actor's institution leads today."""
    own = consortia_of(actor.institution_id, clock.today())
    return [consortium for consortium in own if consortium.lead_id == actor.institution_id]


def add_indication(consortium: Consortium | None, *, by: Actor, shipped_key: str = "", **advice: Any) -> Indication:
    """Insert an indication of a consortium; `shipped_key` names the default it replaces. Raises ValidationError."""
    if consortium is None or consortium.pk not in {one.pk for one in led_by(by)}:
        raise ValidationError({"consortium": [_("指征由医联体的牵头单位制定")]})
    row = Indication(consortium=consortium, shipped_key=shipped_key, changed_at=clock.now())
    set_facts(row, advice, allowed=ADVICE)
    _check(row)
    with transaction.atomic():
        row.save(force_insert=True)
        _keep_version(row, by)
        audit.record(by, "offered_indication", object_kind="indication", object_id=row.pk)
    return row


def revise_indication(row: Indication, *, by: Actor, seen: int | None = None, **advice: Any) -> bool:
    """Change an indication by a new version and say whether anything changed; raises ValidationError."""
    with transaction.atomic():
        row = _locked(row, by)
        if seen is not None and seen != row.version:
            text = _("指征已被他人修改为第 {version} 版，请查看后重新填写。").format(version=row.version)
            raise StaleIndicationError(text)
        changed = set_facts(row, advice, allowed=ADVICE)
        if not changed:
            return False
        row.version, row.changed_at = row.version + 1, clock.now()
        _check(row)
        row.save()
        _keep_version(row, by)
        audit.record(by, "revised_indication", object_kind="indication", object_id=row.pk, detail={"facts": changed})
    return True


def switch_indication(row: Indication, *, by: Actor, is_on: bool) -> bool:
    """Offer an indication to the members of its consortium, or no longer; say whether anything changed."""
    with transaction.atomic():
        row = _locked(row, by)
        if row.is_on == is_on:
            return False
        row.is_on, row.changed_at = is_on, clock.now()
        row.save(update_fields=["is_on", "changed_at"])
        audit.record(by, "revised_indication", object_kind="indication", object_id=row.pk, detail={"is_on": is_on})
    return True


def _locked(row: Indication, by: Actor) -> Indication:
    """Return the row of a consortium that the actor's institution leads, locked; raises ValidationError."""
    led = [consortium.pk for consortium in led_by(by)]
    found = Indication.objects.select_for_update(of=("self",)).filter(pk=row.pk, consortium__in=led).first()
    if found is None:
        raise ValidationError(_("指征由医联体的牵头单位制定"))
    return found


def _keep_version(row: Indication, by: Actor) -> None:
    advice = {name: getattr(row, name) for name in ADVICE}
    IndicationVersion.objects.create(
        indication=row, version=row.version, written_at=row.changed_at, written_name=by.name, **advice
    )


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
