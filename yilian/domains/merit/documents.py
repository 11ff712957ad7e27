"""The official papers: the notice that a penalty is proposed, the commendation, and the circular about a penalty."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.merit.catalogue import PUNISH, REWARD
from yilian.domains.merit.flow import OFFICE
from yilian.domains.merit.models import Merit, Nature
from yilian.domains.merit.models import MeritState as S
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.documents.days import written
from yilian.kernel.documents.manuscript import letter
from yilian.kernel.documents.paper import Paper, papers
from yilian.kernel.documents.wording import Field
from yilian.kernel.registries.words import Words
from yilian.kernel.workflow.models import Case

HERE = Path(__file__).parent


def _read(case: Case) -> Merit:
    return Merit.objects.select_related("target", "consortium").get(pk=case.pk)


def printed(case: Case) -> dict[str, Any]:
    """Return the values of the fields that the wordings name."""
    merit = _read(case)
    return {
        "对象": f"{merit.target}{merit.person_name}",
        "对象单位": str(merit.target),
        "医联体": str(merit.consortium),
        "措施": str(merit.get_measure_display()),
        "事由": merit.ground_name,
        "事实与依据": merit.facts.splitlines(),
        "金额": _("{amount} 元").format(amount=f"{merit.amount:,.2f}") if merit.amount else "",
        "陈述期限": written(clock.local(merit.due).date()) if merit.due else "",
        "决定依据": merit.basis,
        "申诉处理": merit.appeal_basis,
        "有效期": written(merit.expires_on),
    }


def no_merit(case: Case, actor: Actor) -> str:
    return "" if _read(case).nature == Nature.MERIT else _("惩罚不出具表彰决定")


def no_penalty(case: Case, actor: Actor) -> str:
    return "" if _read(case).nature == Nature.PENALTY else _("奖励不出具通报")


DECIDED = (S.FINAL, S.OWING, S.IN_FORCE)
COMMON = (
    Field("对象", gettext_lazy("受奖惩的单位或个人"), "石桥乡卫生院"),
    Field("对象单位", gettext_lazy("受奖惩的单位；对个人的，为其所在单位"), "石桥乡卫生院"),
    Field("医联体", gettext_lazy("医联体的名称"), "江城市医疗集团"),
    Field("措施", gettext_lazy("奖惩措施"), "警告"),
    Field("事由", gettext_lazy("奖惩目录中的事由"), "拒不执行医联体决策"),
    Field("事实与依据", gettext_lazy("事实与依据，每行一段"), "连续两次未报送质控数据。", is_list=True),
    Field("金额", gettext_lazy("奖金或罚款的金额；没有则略去"), ""),
)
STATED = (*COMMON, Field("陈述期限", gettext_lazy("陈述申辩的截止日期"), "2026年12月10日"))
GIVEN = (
    *COMMON,
    Field("决定依据", gettext_lazy("作出决定的会议或批示"), "理事会决议 YA20261101-0001"),
    Field("申诉处理", gettext_lazy("申诉决定的依据；没有申诉则略去"), ""),
    Field("有效期", gettext_lazy("届满日期；公布前略去"), "2027年11月22日"),
)


def _declare(name: str, title: Words, serial: str, fields: tuple[Field, ...], **rest: Any) -> None:
    papers.add(
        Paper(f"merit.{name}", "merit", title, HERE / "typst" / "letter.typ", printed,
              serial + "〔{year}〕{serial:04d}号", (OFFICE,), manuscript=letter,
              wording=HERE / "wordings" / f"{name}.txt", fields=fields, **rest)
    )  # fmt: skip


_declare("hearing", gettext_lazy("陈述申辩告知书"), "联告", STATED, states=(S.HEARING,), cites=(PUNISH,))
_declare("commendation", gettext_lazy("表彰决定"), "联奖", GIVEN, states=DECIDED, lapses_in=(S.REVOKED,),
         unfit=no_merit, cites=(REWARD,))  # fmt: skip
_declare("circular", gettext_lazy("通报"), "联通", GIVEN, states=DECIDED, lapses_in=(S.REVOKED,), unfit=no_penalty,
         cites=(PUNISH,))  # fmt: skip
