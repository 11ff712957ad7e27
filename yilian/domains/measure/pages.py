"""`/measure/write/`: a formula is checked while it is written; nothing is kept and no rows are read."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from yilian.domains.measure.lookup import sources
from yilian.domains.measure.panels import vocabulary
from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.refusal import FormulaRefused
from yilian.kernel.lake.fact import facts
from yilian.kernel.pages.page import Page

LONGEST = 2000


class Write(Page):
    """The form, and under htmx what the formula says or what is wrong with it."""

    template = "measure/write.html"
    part = "measure/checked.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        given = {name: request.GET.get(name, "").strip()[: LONGEST + 1] for name in ("source", "part", "whole")}
        known = sources()
        chosen = next((one.value for one in known if one.value == given["source"]), known[0].value)
        fact, _colon, at = chosen.partition(":")
        checked = _checked(Formula(fact, at, given["part"], given["whole"])) if given["part"] else {}
        shown: dict[str, Any] = {"sources": known, "vocabulary": vocabulary(facts[fact])}
        return self.show(given | shown | {"source": chosen} | checked)


def _checked(formula: Formula) -> dict[str, Any]:
    try:
        return {"is_distinct": formula.is_distinct}
    except FormulaRefused as refused:
        return {"refused": refused.sentence}
