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
        from lending import case_type, indicators, star
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
VIEW = "migrations/0002_star.py"
NUMBERS = {
    "star.py": """\
from lending.models import State
from yilian.kernel.lake.fact import Column, Fact, Kind, facts, words_of

facts.add(Fact(
    "loan", "设备借用",
    (Column("state", Kind.CODE, "状态", choices=words_of(State)), Column("asked_at", Kind.MOMENT, "提出时间")),
    {"borrower": "借方", "lender": "出借方"}, view="fact_loan", opens="/loan/{}/".format,
))
""",
    "indicators.py": """\
from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import counted
from yilian.registry.regulations import S4

counted(
    "loan.lent", "设备借出占比", "%", "up", S4.article("3.2.5"),
    Formula("loan", "lender", "count(where=state == 'lent')", "count(where=state in ('lent', 'refused'))"),
    part_says="已借出的申请", whole_says="有结果的申请", theme="network",
)
""",
    VIEW: """\
from django.db import migrations
from yilian.kernel.postgres.owner_sql import OwnerSQL

VIEW = '''
create view fact_loan with (security_invoker) as
  select l.borrower_id as borrower, l.lender_id as lender, month_of(local_time(c.since)) as month,
         c.id::text as row_key, c.consortium_id as consortium, least(age(l.xmin), age(c.xmin)) as row_age,
         c.state::text as state, local_time(c.since) as asked_at
    from lending_loan l join case_file c on c.id = l.case_ptr_id where c.state <> 'draft';
grant select on fact_loan to {app};
'''


class Migration(migrations.Migration):
    dependencies = [("lending", "0001_initial"), ("lake", "0001_local_time")]
    operations = [OwnerSQL(VIEW)]
""",
}
"""What the recipes "Add a fact" and "Add an indicator" ask for."""
SETTINGS = 'from tests.settings import *\nINSTALLED_APPS = [*INSTALLED_APPS, "lending"]\n'
STORY = """\
import pytest
from tests.world import CITY, COUNTY, ELSEWHERE
from yilian.kernel.access.models import User
from yilian.kernel.lake import refreshing
from yilian.kernel.lake.manifest import read_manifest


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


def test_a_fact_is_counted_and_its_number_opens_to_the_row(client, world, asked, tmp_path):
    borrower, lender, loan = asked
    world.take(loan, "lend", by=lender)
    client.force_login(User.objects.get(pk=lender.user_id), backend="yilian.kernel.access.logins.PasswordBackend")
    page = client.get("/indicators/loan.lent/").content.decode()
    assert "<strong>100%</strong>" in page and f"/loan/{loan.pk}/" in page
    refreshing.refresh(at=tmp_path)
    assert read_manifest(tmp_path).files("loan")[0].is_file()


def test_so_do_the_operations_of_the_interface(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert any("loan" in path for path in paths)
"""


@pytest.fixture
def lending(tmp_path: Path) -> Path:
    folder = tmp_path / "lending"
    (folder / "migrations").mkdir(parents=True)
    (folder / "migrations" / "__init__.py").touch()
    for name, text in (FILES | NUMBERS).items():
        if name != VIEW:
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
    (lending / "lending" / VIEW).write_text(NUMBERS[VIEW])
    story = lending / "test_lending.py"
    story.write_text(STORY)
    (lending / "conftest.py").write_text((ROOT / "conftest.py").read_text())
    config = (f"--rootdir={lending}", "-c", str(ROOT / "pyproject.toml"), "--ds=lending_settings")
    out = run(lending, "-m", "pytest", "-q", "-p", "no:cacheprovider", *config, str(story))
    assert "8 passed" in out


def test_contributing_names_these_files():
    recipe = (ROOT / "CONTRIBUTING.md").read_text().split("## Add a rule")[0]
    assert all(f"`{name}`" in recipe or f"/{name}`" in recipe for name in FILES)
    for name, heading in (("star.py", "Add a fact"), ("indicators.py", "Add an indicator")):
        assert f"`{name}`" in (ROOT / "CONTRIBUTING.md").read_text().split(f"## {heading}\n")[1].split("\n## ")[0]
