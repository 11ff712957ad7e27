"""The form an agreement is drafted with."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.agreement.drafting.clauses import keep_template
from yilian.domains.agreement.library import templates
from yilian.kernel.workflow.additions import Addition, FormPart, additions
from yilian.kernel.workflow.flow import Ask

FORM = (
    Ask("subject", _("协议名称"), max_length=120),
    Ask("consortium", _("医联体"), "consortium"),
    Ask("partners", _("其他签约单位"), "institutions", help=_("本单位为起草方；各签约单位应同属该医联体")),
    Ask("template", _("协议范本"), "choice",
        choices=tuple((one.key, one.title) for one in templates().values()),
        help=_("保存后按范本列出条款，可逐条修改、增加或删去")),
    Ask("purpose", _("合作目的"), "longtext", required=False, max_length=1000),
    Ask("begins_on", _("起始日期"), "date", help=_("早于签署日期的，签署前的期间不作履约判断")),
    Ask("ends_on", _("截止日期"), "date", help=_("含当日")),
)  # fmt: skip

additions.add(Addition("agreement", form=FormPart((), "template", keep_template, lambda case: {})))
