"""Stories of letters: drafted, signed by another, issued with a number, received, revoked; read by nobody else."""

from datetime import timedelta
from io import BytesIO

import pytest
from docx import Document

from tests.world import CITY, COUNTY, ELSEWHERE, TOWNSHIP
from yilian.domains.correspondence.models import Letter
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.documents.models import IssuedPaper
from yilian.kernel.documents.printing import edit_out
from yilian.kernel.documents.verifying import look_up
from yilian.kernel.workflow import queries
from yilian.kernel.workflow.refusals import Refused, StepRefused


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def cast(world):
    places = {"writer": CITY, "township": TOWNSHIP, "county": COUNTY, "stranger": ELSEWHERE}
    people = {name: world.person("office", at=place) for name, place in places.items()}
    return people | {"director": world.person("director", "office", at=CITY)}


def drafted(world, cast, **other):
    answers = {"sort": "letter", "subject": "选派进修人员", "text": "请选派一名医师。\n下月报到。",
               "addressees": [cast["township"].institution_id, cast["county"].institution_id],
               "enclosures": [{"name": "登记表"}]}  # fmt: skip
    return world.open("letter", by=cast["writer"], **answers | other)


def issued(world, cast, **other):
    letter = world.take(drafted(world, cast, **other), "submit", by=cast["writer"])
    return world.take(letter, "issue", by=cast["director"])


def test_a_letter_gets_its_number_its_paper_and_its_readers(world, cast):
    draft = drafted(world, cast)
    assert not world.sees(cast["county"], draft)
    letter = world.take(world.take(draft, "submit", by=cast["writer"]), "issue", by=cast["director"])
    assert letter.document_number == f"联办函〔{clock.today().year}〕0001号"
    assert (letter.signed_by, letter.issued_on) == (cast["director"].name, clock.today())
    assert world.sees(cast["county"], letter)
    assert not world.sees(cast["stranger"], letter)
    with scope(cast["county"]):
        paper = IssuedPaper.objects.get()
        copy = Document(BytesIO(edit_out(paper, by=cast["county"])))
    text = [line.text for line in copy.paragraphs]
    assert "关于选派进修人员的函" in text
    assert {"石桥乡卫生院、北岭县人民医院：", "下月报到。", "附件：登记表", "特此函达，请予函复。"} <= set(text)


def test_each_addressee_receives_it_once(world, cast):
    letter = issued(world, cast)
    with scope(cast["township"]):
        assert [row["id"] for row in queries.inbox(cast["township"])] == [letter.pk]
    world.take(letter, "acknowledge", by=cast["township"])
    with scope(cast["township"]):
        assert list(queries.inbox(cast["township"])) == []
    with pytest.raises(Refused, match="由待签收单位"):
        world.take(letter, "acknowledge", by=cast["township"])
    world.take(letter, "acknowledge", by=cast["county"])


def test_whoever_sends_it_to_be_signed_does_not_sign_it(world, cast):
    letter = world.take(drafted(world, cast), "submit", by=cast["director"])
    with pytest.raises(StepRefused, match="签发人不是拟稿送签的人"):
        world.take(letter, "issue", by=cast["director"])
    assert not IssuedPaper.objects.exists()


def test_a_revoked_letter_keeps_its_number_and_says_so_outside(world, cast):
    letter = issued(world, cast)
    with scope(cast["director"]):
        token = IssuedPaper.objects.get().token
    world.take(letter, "revoke", by=cast["director"], revocation="文号有误")
    assert look_up(token).verdict == "已失效"
    assert issued(world, cast).document_number.endswith("0002号")


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"addressees": []}, "没有可送达的单位"),
        ({"sort": "publication", "shown_until": (clock.today() - timedelta(days=1)).isoformat()}, "公示应写明截止日期"),
        ({"text": ""}, "正文"),
    ],
)
def test_what_cannot_be_sent_is_said(world, cast, other, says):
    letter = drafted(world, cast, **other)
    with pytest.raises(StepRefused, match=says):
        world.take(letter, "submit", by=cast["writer"])
    with scope(cast["writer"]):
        assert Letter.objects.get().state == "draft"


@pytest.mark.parametrize("sort", ["notice", "bulletin", "publication"])
def test_every_kind_has_numbers_and_words_of_its_own(world, cast, sort):
    until = {"shown_until": clock.today().isoformat()} if sort == "publication" else {}
    letter = issued(world, cast, sort=sort, **until)
    with scope(cast["director"]):
        paper = IssuedPaper.objects.get()
    assert (paper.key, paper.number) == (f"letter.{sort}", letter.document_number)
