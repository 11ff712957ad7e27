"""Kinds of clinical documents: which standard they follow and the order of their sections, as plain data.

Orders and codes are those of WS/T 500 and WS/T 483 as far as their texts were read; elsewhere the order is ours and
says so (`is_order_confirmed`).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.kernel.registries import Registry


@dataclass(frozen=True)
class Section:
    """A chapter of a document; `loinc` is its LOINC code where Chinese CDA documents use one."""

    key: str
    title: str | Promise
    loinc: str = ""


@dataclass(frozen=True)
class RecordKind:
    """A kind of document: the part of the standard it follows, its category code (HSDC00) and its sections in order."""

    key: str
    title: str | Promise
    standard: str
    category: str
    sections: tuple[Section, ...]
    is_order_confirmed: bool = False
    has_observations: bool = False

    def section(self, key: str) -> Section | None:
        """Return a section by its key."""
        return next((section for section in self.sections if section.key == key), None)


record_kinds: Registry[RecordKind] = Registry("kind of clinical document")
add = record_kinds.add

COMPLAINT = Section("complaint", _("主诉"), "10154-3")
TESTS = Section("tests", _("实验室检查"), "30954-2")
ORDERS = Section("orders", _("医嘱"), "46209-3")
DIAGNOSIS = Section("diagnosis", _("诊断"))

DISCHARGE = add(
    RecordKind(
        "discharge", _("出院小结"), "WS/T 500.53", "HSDC00.23",
        (
            Section("problems", _("主要健康问题"), "11450-4"),
            Section("admission_diagnosis", _("入院诊断"), "46241-6"),
            Section("discharge_diagnosis", _("出院诊断"), "11535-2"),
            Section("operations", _("手术操作"), "47519-4"),
            Section("plan", _("治疗计划"), "18776-5"),
            Section("course", _("住院过程"), "8648-8"),
            ORDERS,
            TESTS,
        ),
        is_order_confirmed=True, has_observations=True,
    )
)  # fmt: skip
REFERRAL = add(
    RecordKind(
        "referral", _("转诊（院）记录"), "WS/T 483.20", "HSDC00.05",
        (
            COMPLAINT,
            Section("symptoms", _("症状")),
            Section("findings", _("检查检验")),
            Section("history", _("个人史")),
            DIAGNOSIS,
            Section("course", _("诊疗过程")),
        ),
        has_observations=True,
    )
)  # fmt: skip
EXAMINATION = add(
    RecordKind(
        "examination", _("检查报告"), "WS/T 500.6", "",
        (Section("findings", _("检查所见")), Section("conclusion", _("检查结论"))),
    )
)  # fmt: skip
LABORATORY = add(
    RecordKind("laboratory", _("检验报告"), "WS/T 500.7", "HSDC00.09", (TESTS,), has_observations=True)
)  # fmt: skip
CONSULTATION = add(
    RecordKind(
        "consultation", _("会诊记录"), "WS/T 483.19", "",
        (Section("summary", _("病情摘要")), Section("purpose", _("会诊目的")), Section("opinion", _("会诊意见"))),
    )
)  # fmt: skip
PRESCRIPTION = add(RecordKind("prescription", _("处方"), "WS/T 500.4", "HSDC00.11", (DIAGNOSIS, ORDERS)))


def choices() -> list[tuple[str, str | Promise]]:
    """Return (key, title) of every kind, for questions."""
    return [(kind.key, kind.title) for kind in record_kinds]
