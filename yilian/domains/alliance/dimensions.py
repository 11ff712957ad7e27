"""The five dimensions of the yearly assessment (S3 17)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


@dataclass(frozen=True)
class Dimension:
    """One dimension; `key` names its score in forms, its weight among the parameters."""

    key: str
    title: str | Promise

    @property
    def chinese(self) -> str:
        """Return the title as the regulation has it, whoever reads."""
        with override("zh-hans"):
            return str(self.title)

    @property
    def score(self) -> str:
        return f"score_{self.key}"

    @property
    def self_score(self) -> str:
        return f"self_{self.key}"


DIMENSIONS = (
    Dimension("mechanism", _("运行机制")),
    Dimension("cooperation", _("分工协作")),
    Dimension("sharing", _("资源共享")),
    Dimension("radiation", _("技术辐射")),
    Dimension("sustainability", _("可持续发展")),
)
