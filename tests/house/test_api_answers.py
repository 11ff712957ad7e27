"""Whatever JSON a program sends as an answer, it is taken or refused with a sentence; it never breaks the reader."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.world import TOWNSHIP, World
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.answers import BadAnswersError, clean
from yilian.kernel.workflow.flow import ASK_KINDS, Ask

SOURCES = {
    "code": "specialty",
    "codes": "specialty",
    "reason": "referral.declined",
    "pick": "institution",
    "picks": "institution",
}
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
FIRST, LAST = "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"
JSON = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


@pytest.mark.parametrize("kind", sorted(ASK_KINDS))
def test_every_answer_is_taken_or_refused(world: World, kind: str):
    columns = {"asks": (Ask("part", "部分", "int"),)} if kind == "rows" else {}
    choices = {"choices": (("a", "甲"), ("b", "乙"))} if kind in ("choice", "choices") else {}
    ask = Ask("answer", "问题", kind, required=False, source=SOURCES.get(kind, ""), **columns, **choices)
    actor = world.person("doctor", at=TOWNSHIP)

    @settings(max_examples=60, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(value=JSON)
    @example(value=FIRST)
    @example(value=LAST)
    @example(value="2026-02-30")
    def read(value: object) -> None:
        with scope(actor):
            try:
                stored = clean((ask,), {"answer": value}, actor).given["answer"].stored
            except BadAnswersError:
                return
            assert stored is None or isinstance(stored, bool | int | str | list)

    read()
