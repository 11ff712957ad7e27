"""The numbers of the duplicate finder as parameters: weights of every level, and where the bands begin."""

from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yilian.kernel import clock
from yilian.kernel.almanac.keeping import kept
from yilian.kernel.rules.parameter import Parameter, parameters
from yilian.kernel.rules.values import values_of
from yilian.registry.patients.comparing import Level, Scale, Weighing
from yilian.registry.patients.scales import SCALES

GROUP = _("患者查重")
BITS = _("比特")
MOST = 60

PRIOR = parameters.add(
    Parameter(
        "matching.prior",
        _("查重：未比对前的权重"),
        -20,
        BITS,
        help=_("任意两条资料属同一人的可能，以2为底的对数；-20约为百万分之一，与患者总数相应。"),
        minimum=-MOST,
        maximum=0,
        group=GROUP,
    )
)
REVIEW = parameters.add(
    Parameter(
        "matching.review",
        _("查重：列为疑似重复的可能性下限"),
        50,
        "%",
        help=_("调低会多列出疑似重复，核对的工作也更多。"),
        minimum=1,
        maximum=100,
        group=GROUP,
    )
)
LIKELY = parameters.add(
    Parameter(
        "matching.likely",
        _("查重：标为很可能的可能性下限"),
        99,
        "%",
        help=_("只影响标记和排列；达到后也不会自动合并。"),
        minimum=1,
        maximum=100,
        group=GROUP,
    )
)


def _declare(scale: Scale, level: Level) -> Parameter:
    return parameters.add(
        Parameter(
            f"matching.{scale.key}.{level.key}",
            format_lazy("{} · {}", scale.title, level.says),
            level.weight,
            BITS,
            help=_("同一人出现此情形的机会是不同人的几倍，以2为底的对数；负数表示更像两个人。"),
            minimum=-MOST,
            maximum=MOST,
            group=GROUP,
        )
    )


WEIGHTS = {(scale.key, level.key): _declare(scale, level) for scale in SCALES for level in scale.levels}


def weighing_at(institution_id: int | None) -> Weighing:
    """Return the numbers in force at an institution today."""
    return _weighing(institution_id, clock.today())


@kept
def _weighing(institution_id: int | None, on: date) -> Weighing:
    declared = (PRIOR, REVIEW, LIKELY, *WEIGHTS.values())
    values = {key: int(value) for key, value in values_of([one.key for one in declared], institution_id, on=on).items()}
    bits = {name: values[parameter.key] for name, parameter in WEIGHTS.items()}
    return Weighing(bits, values[PRIOR.key], values[REVIEW.key] / 100, values[LIKELY.key] / 100)
