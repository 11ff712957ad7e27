"""Every address in both languages: in English no Chinese but data, in neither a word that was meant for programs."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.house.estate import Estate, build
from tests.house.exits import Visitor
from tests.house.reading_aloud import OWN_NAMES, SAMPLE, left_in_chinese, left_raw, sources
from tests.house.test_exits import KINDS
from tests.house.test_pages_only_read import own_paths
from tests.world import World
from yilian.domains.capacity.models import Indication, IndicationVersion
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.documents.models import IssuedPaper
from yilian.kernel.rules.models import ReasonCode
from yilian.kernel.workflow.models import Case, Happening
from yilian.registry.models import Code, CodeSystem, Consortium, Institution, Patient, Region

pytestmark = pytest.mark.exhaustive

ELSEWHERE = re.compile(
    r"^/(api|accounts|static|health|verify|pick|regulations|help/api)/"
)  # for programs, or sources in Chinese
FEWEST = 20

NAMED = [
    model._meta.get_field(name)
    for name, models in {
        "name": (Institution, Region, Consortium, Code, Patient),
        "title": (CodeSystem, ReasonCode, Case, IssuedPaper),
        "version": (CodeSystem,), "code": (ReasonCode,), "full_name": (User,), "number": (IssuedPaper,),
        "condition": (Indication,), "source": (Indication,), "written_name": (IndicationVersion,),
    }.items()
    for model in models
]  # fmt: skip

every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"


@pytest.fixture
def estate(world: World, kind: str) -> Estate:
    return build(world, kind)


def pages(estate: Estate, language: str) -> Iterator[tuple[str, str]]:
    """Yield the address and the text of every page that the owner of an estate opens."""
    reader = Visitor(estate.user)
    reader.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for path in own_paths(estate):
        answer = None if ELSEWHERE.match(path) else reader.asks(path)
        if answer is not None and answer.status == 200 and "<html" in answer.text:
            yield path, answer.text


def rows(estate: Estate) -> Iterator[str]:
    """Yield what people and tables named: places, persons, codes, reasons, papers, and what was answered in cases."""
    with scope(estate.actor):
        for column in NAMED:
            yield from column.model._default_manager.values_list(column.name, flat=True)
        for answers in Happening.objects.values_list("answers", flat=True):
            yield from re.findall(r"[^'\"\[\]{}]+", str(answers))
    yield from (str(estate.user)[:1], *estate.secrets)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != SAMPLE])
def test_english_pages_hold_no_chinese_but_data(estate):
    data = {*rows(estate), *sources(), *OWN_NAMES}
    seen = dict(pages(estate, "en"))
    left = {path: sorted(set(left_in_chinese(page, data))) for path, page in seen.items()}
    assert {path: texts for path, texts in left.items() if texts} == {}
    assert len(seen) > FEWEST or estate.case.kind != "referral"


@every_kind
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_shows_what_was_meant_for_programs(estate, language):
    data = {*rows(estate), *sources()}
    data |= {"None"} if language == "en" else set()  # the English for 无隶属
    left = {path: sorted(set(left_raw(page, data))) for path, page in pages(estate, language)}
    assert {path: texts for path, texts in left.items() if texts} == {}
