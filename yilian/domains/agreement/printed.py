"""What the paper of an agreement says, as plain values."""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from yilian.domains.agreement.models import Agreement
from yilian.domains.agreement.wording import Wording
from yilian.kernel import clock
from yilian.kernel.documents.manuscript import Line, Manuscript, Place, Style
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Institution


def manuscript(values: Mapping[str, Any]) -> Manuscript:
    """Return the text of an agreement for an editable copy, with a place to sign for each party."""
    parties = [
        Line(text)
        for name, facts in zip_longest(values["parties"], values["particulars"], fillvalue="")
        for text in (_("签约单位：{name}").format(name=name), facts)
        if text
    ]
    clauses = [
        line
        for clause in values["clauses"]
        for line in (Line(f"{clause['number']} {clause['title']}", Style.HEADING), Line(clause["text"]))
    ]
    return Manuscript(
        title=values["title"],
        lines=(*parties, Line(values["preamble"]), *clauses),
        note=_("协议编号：{number}").format(number=values["number"]),
        places=tuple(Place(one["name"], one["signer"] or "", one["day"] or "") for one in values["places"]),
        has_head=False,
    )


def of_agreement(case: Case) -> dict[str, Any]:
    """Return the final text with a place to sign for each party."""
    agreement = Agreement.objects.select_related("consortium").get(pk=case.pk)
    signed = {row.institution_id: row for row in agreement.signatures.all()}
    names = dict(Institution.objects.filter(pk__in=agreement.signatories).values_list("pk", "name"))
    places = []
    for one in agreement.signatories:
        row = signed.get(one)
        places.append(
            {
                "name": names.get(one, ""),
                "signer": f"{row.signer} {row.position}".strip() if row else None,
                "strokes": row.strokes if row else "",
                "day": clock.local(row.signed_at).date() if row else None,
            }
        )
    text = agreement.text or Wording(agreement).whole()
    return {"particulars": [], **text, "number": agreement.number, "digest": agreement.text_digest, "places": places,
            "consortium": agreement.consortium.name if agreement.consortium else ""}  # fmt: skip
