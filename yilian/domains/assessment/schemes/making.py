"""Making a version of a scheme from a file of lines, and adopting one for a consortium."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.assessment.models import SchemeVersion
from yilian.domains.assessment.parameters import BODIES, SCHEME
from yilian.domains.assessment.schemes import COLUMNS, Scheme, faults_of, item_of
from yilian.domains.assessment.schemes.comparing import differences
from yilian.domains.assessment.schemes.keeping import in_force, known
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.audit import record
from yilian.kernel.audit.actions import ObjectKind, object_kinds
from yilian.kernel.rules.values import ValueRefused, set_value
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Consortium
from yilian.registry.resolutions import Change, body_of, put_change

MOST_BYTES, MOST_LINES, MOST_FAULTS = 1_000_000, 300, 20
OBJECT = "assessment_scheme"
object_kinds.add(ObjectKind(OBJECT, gettext_lazy("考核方案"), address=lambda code: f"/schemes/?code={quote(code)}"))
FORMULAS = ("=", "+", "-", "@", "\t")
"""What a spreadsheet would carry out when the file is opened."""


def file_of(scheme: Scheme) -> bytes:
    """Return a scheme as CSV that spreadsheets open: one line a row, terms as JSON."""
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(COLUMNS)
    for item in scheme.items:
        terms = json.dumps(item["terms"], ensure_ascii=False) if item["terms"] else ""
        writer.writerow([item["key"], *item["path"], item["title"], item["requirement"], item["kind"], item["weight"],
                         item["indicator"], terms, item["unknown"], item["source"], item["certainty"]])  # fmt: skip
    return held.getvalue().encode("utf-8-sig")


def make_version(name: str, title: str, kinds: Iterable[str], content: bytes, *, by: Actor) -> SchemeVersion:
    """Keep the lines of a file as the next version of a scheme; raise ValidationError with every fault."""
    items = _read(content)
    if faults := faults_of(items):
        raise ValidationError(faults[:MOST_FAULTS])
    taken = [int(code.partition("@")[2]) for code in known() if code.partition("@")[0] == name]
    row = SchemeVersion.objects.create(
        code=f"{name}@{max(taken, default=0) + 1}", title=title, kinds=list(kinds), items=items,
        institution_id=by.institution_id, made_by=by.name, made_at=clock.now(),
    )  # fmt: skip
    record(by, "uploaded", object_kind=OBJECT, object_id=row.code, ground=title)
    return row


def adopt(code: str, consortium: Consortium, effective_on: date, ground: str, *, by: Actor) -> None:
    """Let a consortium be assessed by a scheme from a day on; raise ValidationError when it cannot."""
    _fitting(code, consortium, by)
    try:
        row = set_value(SCHEME, code, by=by, effective_from=effective_on, ground=ground, consortium_id=consortium.pk)
    except ValueRefused as refusal:
        raise ValidationError(str(refusal)) from refusal
    record(
        by, "changed", object_kind="parameter", object_id=row.pk, ground=ground, detail={"key": SCHEME, "value": code}
    )


def propose(code: str, consortium: Consortium, effective_on: date, ground: str, *, by: Actor) -> Case:
    """Draft the motion by which the body that sits adopts a scheme; raise ValidationError when it cannot, or none sits.

    The text names what the scheme changes against the one in force.
    """
    scheme, body = _fitting(code, consortium, by), body_of(consortium.pk, BODIES)
    if body is None:
        raise ValidationError(_("没有在位的机构可以决议"))
    with translation.override(settings.LANGUAGE_CODE):  # what is kept does not hang on who wrote it
        text = "\n".join(_proposal(scheme, in_force(consortium, clock.today()), effective_on))
        subject = _("采用考核方案{title}").format(title=scheme.title)
    return put_change(Change(consortium.pk, SCHEME, code, effective_on, subject, text, ground), body, by=by)


def _proposal(scheme: Scheme, present: Scheme | None, effective_on: date) -> list[str]:
    """Return what is put to the body: the scheme, and what it changes against the one in force."""
    words = _("自 {day} 起采用考核方案《{title}》（{code}）。")
    lines = [words.format(day=effective_on, title=scheme.title, code=scheme.code)]
    if present is None or present.code == scheme.code:
        return lines
    changed = [f"{title}：{'；'.join(said)}" for title, said in differences(present, scheme)]
    return [*lines, _("与现行方案 {code} 相比：").format(code=present.code), *changed]


def _fitting(code: str, consortium: Consortium, by: Actor) -> Scheme:
    """Return the scheme; raise ValidationError when it is for others or somebody else decides."""
    scheme = known().get(code)
    if scheme is None or consortium.kind not in scheme.kinds:
        raise ValidationError(_("该方案不适用于这一医联体"))
    if consortium.lead_id != by.institution_id:
        raise ValidationError(_("由医联体的牵头单位采用考核方案"))
    return scheme


def _read(content: bytes) -> list[dict]:
    if len(content) > MOST_BYTES:
        raise ValidationError(_("文件过大"))
    rows = list(csv.DictReader(io.StringIO(_text(content))))
    missing = [name for name in COLUMNS if rows and name not in rows[0]]
    if not rows or missing or len(rows) > MOST_LINES:
        raise ValidationError(
            _("文件应有 1 至 {most} 行，列名为：{names}").format(most=MOST_LINES, names=" ".join(COLUMNS))
        )
    for row in rows:
        texts = [row[name] or "" for name in COLUMNS if name != "terms"]
        if any(text.startswith(FORMULAS) for text in texts):
            raise ValidationError(_("单元格不能以 =、+、-、@ 开头"))
    try:
        return [item_of({name: row[name] or "" for name in COLUMNS}) for row in rows]
    except ValueError as bad:
        raise ValidationError(_("计分参数应为 JSON：{fault}").format(fault=bad)) from bad


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(_("文件编码应为 UTF-8 或 GB18030"))
