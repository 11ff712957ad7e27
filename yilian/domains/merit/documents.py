"""The official papers: the notice that a penalty is proposed, the commendation, and the circular about a penalty."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.merit.flow import OFFICE
from yilian.domains.merit.models import Merit, Nature
from yilian.domains.merit.models import MeritState as S
from yilian.kernel.access.actor import Actor
from yilian.kernel.documents.paper import Paper, papers
from yilian.kernel.workflow.models import Case

LETTER = Path(__file__).parent / "typst" / "letter.typ"


def _read(case: Case) -> Merit:
    return Merit.objects.select_related("target", "consortium").get(pk=case.pk)


def _whom(merit: Merit) -> str:
    return f"{merit.target}{merit.person_name}"


def of_hearing(case: Case) -> dict[str, Any]:
    """Return the notice that the institution concerned may state its case."""
    merit = _read(case)
    return _letter(
        _("陈述申辩告知书"), str(merit.target),
        _("拟对{name}作出{measure}，现将事由和依据告知如下：").format(
            name=_whom(merit), measure=merit.get_measure_display()),
        _("事由：{text}").format(text=merit.ground_name), merit.facts, _amount(merit),
        _("请于 {day} 前陈述申辩；逾期未提出的，不影响作出决定。").format(
            day=f"{merit.due:%Y-%m-%d}" if merit.due else ""),
    )  # fmt: skip


def of_decision(case: Case) -> dict[str, Any]:
    """Return the decision: a commendation, or the circular about a penalty."""
    merit = _read(case)
    is_merit = merit.nature == Nature.MERIT
    return _letter(
        (_("关于表彰{name}的决定") if is_merit else _("关于{name}的通报")).format(name=_whom(merit)),
        _("{consortium}各成员单位").format(consortium=merit.consortium),
        _("事由：{text}").format(text=merit.ground_name), merit.facts,
        _("经{ground}，决定给予{name}{measure}。").format(
            ground=merit.basis, name=_whom(merit), measure=merit.get_measure_display()),
        _("申诉处理：{text}").format(text=merit.appeal_basis) if merit.appeal_basis else "",
        _amount(merit),
        _("有效期至 {day}。").format(day=merit.expires_on) if merit.expires_on else "",
    )  # fmt: skip


def _amount(merit: Merit) -> str:
    return _("金额：{amount} 元。").format(amount=f"{merit.amount:,.2f}") if merit.amount else ""


def _letter(title: str, to: str, *paragraphs: str) -> dict[str, Any]:
    body = [line for text in paragraphs for line in text.splitlines() if line.strip()]
    return {"title": title, "to": to, "body": body}


def no_merit(case: Case, actor: Actor) -> str:
    return "" if _read(case).nature == Nature.MERIT else _("惩罚不出具表彰决定")


def no_penalty(case: Case, actor: Actor) -> str:
    return "" if _read(case).nature == Nature.PENALTY else _("奖励不出具通报")


DECIDED = (S.FINAL, S.OWING, S.IN_FORCE)

for _paper in (
    Paper("merit.hearing", "merit", gettext_lazy("陈述申辩告知书"), LETTER, of_hearing, "联告〔{year}〕{serial:04d}号",
          (OFFICE,), states=(S.HEARING,)),
    Paper("merit.commendation", "merit", gettext_lazy("表彰决定"), LETTER, of_decision, "联奖〔{year}〕{serial:04d}号",
          (OFFICE,), states=DECIDED, lapses_in=(S.REVOKED,), unfit=no_merit),
    Paper("merit.circular", "merit", gettext_lazy("通报"), LETTER, of_decision, "联通〔{year}〕{serial:04d}号",
          (OFFICE,), states=DECIDED, lapses_in=(S.REVOKED,), unfit=no_penalty),
):  # fmt: skip
    papers.add(_paper)
