"""A case with two parties, a stranger, a vault of this test alone, and a sample paper."""

from datetime import date
from pathlib import Path

import pytest

from tests.world import COUNTY, ELSEWHERE, TOWNSHIP
from yilian.kernel.documents.paper import Paper, papers
from yilian.kernel.workflow.flow import Party

SHEET = Paper(
    key="errand.sheet",
    case_type="errand",
    title="请托单",
    template=Path(__file__).parent / "sheet.typ",
    context=lambda errand: {"wish": errand.wish, "day": date(2026, 11, 21), "receiver": errand.receiver.name},
    number_format="请托〔{year}〕{serial:04d}号",
    by=(Party("sender", "doctor"),),
    states=("sent", "accepted", "done", "expired"),
    lapses_in=("expired",),
    stamp="不作为就诊凭证",
)
if SHEET.key not in papers:
    papers.add(SHEET)


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    """Keep the sealed files of each test apart."""
    settings.MEDIA_ROOT = tmp_path / "documents"
    return settings.MEDIA_ROOT


@pytest.fixture
def sender(world):
    return world.person("doctor", "auditor", at=TOWNSHIP)


@pytest.fixture
def receiver(world):
    return world.person("reception", at=COUNTY)


@pytest.fixture
def stranger(world):
    return world.person("doctor", "auditor", at=ELSEWHERE)


@pytest.fixture
def errand(world, sender, receiver):
    """A case of the sender that waits for the receiver."""
    case = world.open("errand", by=sender, wish="请协助会诊王喆", receiver=receiver.institution_id)
    return world.take(case, "send", by=sender)
