"""How large an attachment may be."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters
from yilian.kernel.rules.values import value_of

MEGABYTE = 1024 * 1024

most_megabytes = parameters.add(
    Parameter(
        "documents.most_megabytes",
        _("单个附件大小上限"),
        default=20,
        unit="MB",
        minimum=1,
        maximum=200,
        group=_("附件与文书"),
        help=_("影像等大文件应存放在影像系统，这里只放报告与关键图像。"),
    )
)


def most_bytes(institution_id: int | None = None) -> int:
    """Return the largest size in bytes that this institution may upload."""
    return int(value_of(most_megabytes.key, institution_id)) * MEGABYTE
