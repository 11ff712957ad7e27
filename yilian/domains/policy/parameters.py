"""How long a document stands before it is reviewed (S4 文头), and how long the review may take."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters
from yilian.registry.regulations import S4

GROUP = _("制度文件")

REVIEW_YEARS = parameters.add(
    Parameter("policy.review_years", _("制度文件修订年限"), 3, "a", cite=S4.article("文头"), minimum=1, maximum=10,
              group=GROUP, help=_("起草时可逐份另定；自发行、修订或复审之日起算。"))
).key  # fmt: skip
FALLING_DUE = parameters.add(
    Parameter("policy.due_days", _("修订年限届满后多久转为待复审"), 1, "d", minimum=1, maximum=90, group=GROUP)
).key
REVIEW_DAYS = parameters.add(
    Parameter("policy.review_days", _("复审办理期限"), 30, "d", minimum=1, maximum=365, group=GROUP)
).key
