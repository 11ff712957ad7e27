"""Files sent with the answers of a step: hung on the case first, so that the answer can name them."""

from collections.abc import Iterable

from django.utils.datastructures import MultiValueDict

from yilian.kernel.access.actor import Actor
from yilian.kernel.documents.attaching import attach
from yilian.kernel.documents.kinds import OTHER
from yilian.kernel.documents.refusal import FileRefused
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.refusals import Reason, Refused


def attached(case: Case, asks: Iterable[Ask], files: MultiValueDict, *, by: Actor) -> dict[str, str]:
    """Attach the file of each question that got one, for the purpose its `source` names; return the answers.

    Call it in the transaction of the step: a refused step keeps no file. Raises Refused with every refusal beside its
    question.
    """
    answers, reasons = {}, []
    for ask in asks:
        upload = files.get(ask.name)
        if ask.kind != "file" or upload is None:
            continue
        try:
            answers[ask.name] = str(attach(case, upload, ask.source or OTHER.key, by=by).pk)
        except FileRefused as refusal:
            reasons += [Reason("answer", reason.text, field=ask.name) for reason in refusal.reasons]
    if reasons:
        raise Refused(reasons)
    return answers
