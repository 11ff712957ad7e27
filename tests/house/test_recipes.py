"""Follows CONTRIBUTING.md: a case type is one folder and one line elsewhere, and everything else comes by itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.exhaustive

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "__init__.py": '"""Lending: a member borrows equipment from another."""\n',
    "apps.py": """\
from django.apps import AppConfig


class LendingConfig(AppConfig):
    name = "lending"

    def ready(self):
        from lending import case_type
""",
    "models.py": """\
from django.conf import settings
from django.db import models
from yilian.kernel.workflow.models import Case


class State(models.TextChoices):
    DRAFT = "draft", "草稿"
    ASKED = "asked", "待答复"
    LENT = "lent", "已借出"
    REFUSED = "refused", "未借出"


class Loan(Case):
    borrower = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    lender = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    thing = models.CharField(max_length=100, blank=True)
""",
    "case_type.py": """\
from lending.models import Loan
from lending.models import State as S
from yilian.kernel.workflow.case_type import CaseType, case_types
from yilian.kernel.workflow.flow import Ask, Flow, Party, Side, Step

BORROWER, LENDER = Party("borrower", "office"), Party("lender", "office")
FORM = (Ask("lender", "向谁借", "institution"), Ask("thing", "借什么", max_length=100))
case_types.add(CaseType(
    key="loan", title="设备借用", group="资源共享", prefix="SB", model=Loan,
    states={state: (state.label, "default") for state in S},
    sides=(Side("borrower", 1, "借方"), Side("lender", 2, "出借方")),
    flow=Flow(S.DRAFT, (S.LENT, S.REFUSED), (
        Step("edit", "修改", S.DRAFT, S.DRAFT, BORROWER, asks=FORM, duty=False),
        Step("ask", "提出", S.DRAFT, S.ASKED, BORROWER, completes=True, convenes=True),
        Step("lend", "借出", S.ASKED, S.LENT, LENDER),
        Step("refuse", "不借", S.ASKED, S.REFUSED, LENDER),
    )),
    opens=(BORROWER,), form=FORM, parties_from={"lender": "lender"},
    heading=lambda loan: loan.thing or "设备借用", help="向成员单位借用设备。",
))
""",
}
SETTINGS = 'from tests.settings import *\nINSTALLED_APPS = [*INSTALLED_APPS, "lending"]\n'
STORY = """\
import pytest
from tests.world import CITY, COUNTY, ELSEWHERE
from yilian.kernel.access.models import User


@pytest.fixture
def asked(world):
    borrower, lender = world.person("office", at=COUNTY), world.person("office", at=CITY)
    loan = world.open("loan", by=borrower, lender=lender.institution_id, thing="呼吸机")
    return borrower, lender, world.take(loan, "ask", by=borrower)


def test_both_sides_see_it_and_a_stranger_does_not(world, asked):
    borrower, lender, loan = asked
    assert world.sees(borrower, loan) and world.sees(lender, loan)
    assert not world.sees(world.person("office", at=ELSEWHERE), loan)
    assert world.take(loan, "lend", by=lender).state == "lent"


@pytest.mark.parametrize("path", ["/loan/", "/loan/new/", "/loan/{id}/", "/loan/{id}/print/", "/help/loan/"])
def test_pages_come_by_themselves(client, asked, path):
    borrower, _lender, loan = asked
    client.force_login(User.objects.get(pk=borrower.user_id), backend="yilian.kernel.access.logins.PasswordBackend")
    assert client.get(path.format(id=loan.pk)).status_code == 200


def test_so_do_the_operations_of_the_interface(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert any("loan" in path for path in paths)
"""


@pytest.fixture
def lending(tmp_path: Path) -> Path:
    folder = tmp_path / "lending"
    (folder / "migrations").mkdir(parents=True)
    (folder / "migrations" / "__init__.py").touch()
    for name, text in FILES.items():
        (folder / name).write_text(text)
    (tmp_path / "lending_settings.py").write_text(SETTINGS)
    return tmp_path


def run(where: Path, *arguments: str) -> str:
    path = os.pathsep.join((str(ROOT), str(where)))
    environment = {**os.environ, "PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "lending_settings"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_case_type_is_four_files_a_migration_and_one_line(lending: Path):
    assert len(FILES) == 4
    run(lending, "-W", "ignore", "manage.py", "makemigrations", "lending")
    assert len(list((lending / "lending" / "migrations").glob("0*.py"))) == 1
    story = lending / "test_lending.py"
    story.write_text(STORY)
    (lending / "conftest.py").write_text((ROOT / "conftest.py").read_text())
    config = (f"--rootdir={lending}", "-c", str(ROOT / "pyproject.toml"), "--ds=lending_settings")
    out = run(lending, "-m", "pytest", "-q", "-p", "no:cacheprovider", *config, str(story))
    assert "7 passed" in out


def test_contributing_names_these_files():
    recipe = (ROOT / "CONTRIBUTING.md").read_text().split("## Add a rule")[0]
    assert all(f"`{name}`" in recipe or f"/{name}`" in recipe for name in FILES)
