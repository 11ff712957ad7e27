"""The code systems that come with the program: read from the CSV files here and from the closed lists in the models."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.registry.models.institution import Grade
from yilian.registry.models.patient import IdentityKind, Sex


@dataclass(frozen=True)
class Row:
    code: str
    name: str
    parent: str = ""


@dataclass(frozen=True)
class Shipped:
    """A code system and where it comes from; `choices` is the closed list behind it, None means a CSV file."""

    key: str
    title: str | Promise
    source: str
    choices: type[models.Choices] | None = None

    def rows(self) -> Iterator[Row]:
        """Yield the codes, parents before their children."""
        if self.choices is not None:
            yield from (Row(str(value), str(label)) for value, label in self.choices.choices)
            return
        text = resources.files(__package__).joinpath(f"{self.key}.csv").read_text(encoding="utf-8")
        yield from (Row(line["code"], line["name"], line["parent"]) for line in csv.DictReader(text.splitlines()))

    def version(self) -> str:
        """Return the source and a mark of the content, so that loading again is skipped when nothing changed."""
        mark = hashlib.sha256(repr(list(self.rows())).encode()).hexdigest()[:8]
        return f"{self.source} #{mark}"


SYSTEMS = (
    Shipped("specialty", _("诊疗科目"), "医疗机构诊疗科目名录（转录，以登记机关最新名录为准）"),
    Shipped("institution-category", _("机构类别"), "WS 218（节选，待本地核定）"),
    Shipped("economic-type", _("经济类型"), "HL7 China"),
    Shipped("grade", _("医院等级"), "HL7 China", Grade),
    Shipped("identity-kind", _("证件类型"), "待本地核定", IdentityKind),
    Shipped("sex", _("性别"), "GB/T 2261.1", Sex),
    Shipped("ethnicity", _("民族"), "GB/T 3304"),
    Shipped("insurance", _("医疗付费方式"), "待本地核定"),
    Shipped("relationship", _("与患者关系"), "GB/T 4761，待本地核定"),
    Shipped("icd-10", _("疾病诊断"), "ICD-10（常用节选，完整目录请导入）"),
)
