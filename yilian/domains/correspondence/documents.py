"""The official papers of this domain: one for each kind of letter, in the words of its wording."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.correspondence.case_type import SIGNER
from yilian.domains.correspondence.effects import receivers
from yilian.domains.correspondence.models import Letter, Sort
from yilian.domains.correspondence.models import LetterState as S
from yilian.kernel.access.actor import Actor
from yilian.kernel.documents.days import written
from yilian.kernel.documents.manuscript import letter
from yilian.kernel.documents.paper import Paper, papers
from yilian.kernel.documents.wording import Field
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Institution

HERE = Path(__file__).parent
NUMBERS = {Sort.LETTER: "联办函", Sort.NOTICE: "联办通", Sort.BULLETIN: "联办报", Sort.PUBLICATION: "联办示"}
FIELDS = (
    Field("事由", _("公文的事由"), "选派进修人员"),
    Field("主送单位", _("主送的各单位；送全体成员的写“各成员单位”"), "石桥乡卫生院", is_list=True),
    Field("正文", _("正文，每行一段"), "请选派一名内科医师参加为期六个月的进修。", is_list=True),
    Field("附件", _("附件名称，逐个列出；没有则略去"), "进修人员登记表", is_list=True),
    Field("联系人", _("联系人；没有则略去"), "办公室"),
    Field("发文单位", _("发文单位的名称"), "江城市第一人民医院"),
    Field("医联体", _("医联体的名称；没有则略去"), "江城市医疗集团"),
    Field("公示截止日期", _("公示的截止日期"), "2026年12月7日"),
)


def printed(case: Case) -> dict[str, Any]:
    """Return the values of the fields."""
    one = Letter.objects.select_related("issuer", "consortium").get(pk=case.pk)
    names = Institution.objects.filter(pk__in=receivers(one)).order_by("pk").values_list("name", flat=True)
    return {
        "事由": one.subject,
        "主送单位": list(names) if one.addressees else [now("各成员单位")],
        "正文": one.text.splitlines(),
        "附件": [row["name"] for row in one.enclosures],
        "联系人": one.contact,
        "发文单位": one.issuer.name,
        "医联体": one.consortium.name if one.consortium else "",
        "公示截止日期": written(one.shown_until),
    }


def _unfit(sort: Sort) -> Any:
    def unfit(case: Case, actor: Actor) -> str:
        own = Letter.objects.filter(pk=case.pk).values_list("sort", flat=True).first()
        return "" if own == sort else now("此件的文种不是{sort}").format(sort=sort.label)

    return unfit


for _sort, _prefix in NUMBERS.items():
    papers.add(
        Paper(
            f"letter.{_sort.value}", "letter", _sort.label, HERE / "typst" / "letter.typ", printed,
            _prefix + "〔{year}〕{serial:04d}号", (SIGNER,), states=(S.ISSUED, S.ARCHIVED), lapses_in=(S.REVOKED,),
            stamp=_("本件已撤销"), unfit=_unfit(_sort), manuscript=letter,
            wording=HERE / "wordings" / f"{_sort.value}.txt", fields=FIELDS,
        )
    )  # fmt: skip
