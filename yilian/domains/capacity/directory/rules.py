"""What must hold of the service that a case asks for. An emergency goes first, whatever the directory says."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.capacity.directory import choosing
from yilian.kernel.rules.regulation import Decision
from yilian.kernel.rules.rule import Verdict, rule

DECISION = Decision(
    "docs/adr/0090-a-service-is-chosen-in-the-version-that-was-read.md", reason=_("按机构自己公布的服务目录转诊")
)


def _subject(case, answers, step):
    return None if choosing.is_urgent(case) else choosing.in_question(case, answers, step)


@rule(_("所选服务应由转入机构提供"), cite=DECISION)
def service_is_the_receivers(case, answers, step) -> Verdict:
    service = _subject(case, answers, step)
    holds = service is None or service.institution_id == getattr(case, "receiver_id", None)
    detail = "" if holds else now("“{name}”由{place}提供").format(name=service.name, place=service.institution)
    return Verdict(holds, detail)


@rule(_("所选服务应正在接收转诊"), cite=DECISION)
def service_is_on(case, answers, step) -> Verdict:
    service = _subject(case, answers, step)
    return Verdict(service is None or service.is_on, service.name if service else "")


@rule(_("所选服务应接收本方向的转诊"), cite=DECISION)
def service_takes_the_direction(case, answers, step) -> Verdict:
    service = _subject(case, answers, step)
    holds = service is None or getattr(case, "direction", "") in service.directions
    taken = "、".join(service.direction_titles) if service else ""
    return Verdict(holds, "" if holds else now("“{name}”接收：{taken}").format(name=service.name, taken=taken))


@rule(_("患者年龄应在所选服务的年龄范围内"), cite=DECISION)
def service_takes_the_age(case, answers, step) -> Verdict:
    """A patient of unknown age is left to the receiver: the limit is its own word, not a law."""
    service = _subject(case, answers, step)
    age = choosing.misfit_of_age(case, service) if service else None
    return Verdict(age is None, "" if age is None else now("患者 {age} 岁").format(age=age))


@rule(_("所选服务的要求改版后，应重新查看并确认"), cite=DECISION)
def service_is_as_read(case, answers, step) -> Verdict:
    newer = None if choosing.is_urgent(case) else choosing.newer_version(case)
    text = now("现为第 {version} 版，请在“修改”中看过后重新保存")
    return Verdict(newer is None, "" if newer is None else text.format(version=newer))
