"""The catalogue of merits and penalties: what for, and what follows, each with its article."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from yilian.domains.merit.models import Measure as M
from yilian.domains.merit.models import Nature
from yilian.kernel.registries.words import Words
from yilian.kernel.rules.regulation import Citation
from yilian.registry.regulations import S0, S1, S4

REWARD, PUNISH = S0.article("范本二 6.1"), S0.article("范本二 6.2")


@dataclass(frozen=True)
class Ground:
    """What somebody is commended or punished for."""

    key: str
    nature: Nature
    title: Words
    cite: Citation


GROUNDS = {
    ground.key: ground
    for ground in (
        Ground("outstanding", Nature.MERIT, _("医联体建设管理工作表现突出"), REWARD),
        Ground("discipline", Nature.MERIT, _("学科建设评比名次靠前"), S1.article("15")),
        Ground("refusal", Nature.PENALTY, _("拒不执行医联体决策"), PUNISH),
        Ground("obstruction", Nature.PENALTY, _("故意干扰医联体建设管理工作"), PUNISH),
        Ground("reputation", Nature.PENALTY, _("损害医联体的声誉和利益"), S4.article("7.3.1")),
    )
}
NATURES = {M.COMMEND: Nature.MERIT, M.BONUS: Nature.MERIT, M.WARNING: Nature.PENALTY, M.FINE: Nature.PENALTY}
PAID = frozenset((M.BONUS, M.FINE))
"""Measures with an amount of money."""
CHOICES = tuple((ground.key, ground.title) for ground in GROUNDS.values())
