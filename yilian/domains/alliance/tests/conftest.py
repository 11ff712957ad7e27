"""A province with two cities, their authorities and hospitals, and the people of the alliance stories."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.core.files.base import ContentFile

from tests.world import World
from yilian.domains.alliance.admission.conditions import CONDITIONS
from yilian.domains.alliance.founders.answers import agreed, founders_of
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.documents.attaching import attach
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Code, Institution, Region
from yilian.registry.standing import attest

REGIONS = (
    ("990000", "楚南省", None, 1),
    ("990100", "江城市", "990000", 2),
    ("990102", "东湖区", "990100", 3),
    ("990121", "北岭县", "990100", 3),
    ("990121101", "石桥乡", "990121", 4),
    ("990200", "远山市", "990000", 2),
    ("990221", "云山县", "990200", 3),
)
LEAD, MEMBER, TOWN, FAR = "江城市第一人民医院", "北岭县人民医院", "石桥乡卫生院", "云山县人民医院"
PROVINCE_OFFICE, CITY_OFFICE, COUNTY_OFFICE = "楚南省卫生健康委员会", "江城市卫生健康委员会", "北岭县卫生健康局"
HEART, INNER = "03.04", "03"
COMPLETE = {
    "ownership": "public", "founded_on": date(1985, 5, 12), "licensed_on": date(1985, 6, 1),
    "has_outpatient": True, "has_inpatient": True, "has_medical_office": True, "has_nursing_office": True,
    "has_infection_office": True, "has_pharmacy_office": True,
}  # fmt: skip


@dataclass
class City:
    """The world of the stories and the acts they have in common."""

    world: World
    office: Actor
    authority: Actor
    county: Actor
    stranger: Actor

    def place(self, name: str) -> Institution:
        return Institution.objects.get(name=name)

    def confirm(self, name: str, *, by: Actor | None = None) -> None:
        """Let the authority confirm everything that the conditions of an institution rest on."""
        word = {"is_met": True, "evidence": "查验执业许可证与科室设置", "on": clock.today()}
        by, place = by or self.authority, self.place(name)
        with scope(by):
            for condition in CONDITIONS:
                attest(by=by, institution=place, condition=condition.key, **word)

    def attach(self, case: Case, kind: str, *, by: Actor) -> None:
        """Hang a small PDF on a case."""
        with scope(by):
            attach(case, ContentFile(f"%PDF-1.4\n{kind}\n%%EOF".encode(), "材料.pdf"), kind, by=by)

    def filing(self, **other) -> Case:
        """Open a filing with good answers and its feasibility report; `other` replaces answers."""
        answers = {
            "name": "江城市心血管内科专科联盟", "specialty": HEART, "basis": "second_level",
            "coverage": ["990102", "990121"], "feasibility": "需求明确，学科基础扎实。",
        }  # fmt: skip
        case = self.world.open("filing", by=self.office, **answers | other)
        self.attach(case, "alliance.feasibility", by=self.office)
        return case

    def prepared(self, **other) -> Case:
        """Bring a filing to the end of its preparation; `other` replaces materials."""
        case = self.world.take(self.filing(), "submit", by=self.office)
        case = self.world.take(case, "consent", by=self.authority, consent_number="江卫医函〔2026〕7号")
        return self.supplied(case, **other)

    def supplied(self, case: Case, **other) -> Case:
        """Fill in the materials of a filing and attach its papers; `other` replaces materials."""
        materials = {
            "charter_on": "2026-01-10", "charter_gist": "共八章。", "council_since": "2026-01-10",
            "secretariat": "心血管内科办公室", "members": [self.place(MEMBER).pk],
            "seats": [
                {"position": "chair", "name": "林静", "institution": self.place(LEAD).pk},
                {"position": "vice", "name": "周明", "institution": self.place(MEMBER).pk},
            ],
        }  # fmt: skip
        case = self.world.take(case, "prepare", by=self.office, **materials | other)
        for kind in ("alliance.charter", "alliance.agreement"):
            self.attach(case, kind, by=self.office)
        return case

    def agreed(self, case: Case) -> Case:
        """Let every founding member agree that has not yet."""
        for place in Institution.objects.filter(pk__in=set(founders_of(case)) - agreed(case)):
            case = self.world.take(case, "agree", by=self.world.person("office", at=place.name))
        return case

    def founded(self, **other) -> Case:
        """Bring a filing to its approval; `other` replaces materials."""
        case = self.agreed(self.world.take(self.prepared(**other), "present", by=self.office))
        return self.world.take(case, "approve", by=self.authority, approval_number="江卫医发〔2026〕12号",
                               approved_on=clock.today())  # fmt: skip

    def application(self, consortium_id: int, *, by: Actor, **other) -> Case:
        """Open an application to join, with the agreement attached."""
        answers = {
            "consortium": consortium_id,
            "statement": "愿开展双向转诊。",
            "contact": "周明",
            "contact_phone": "1",
        }
        case = self.world.open("admission", by=by, **answers | other)
        self.attach(case, "alliance.agreement", by=by)
        return case


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    """Keep attachments of a test in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "documents"


@pytest.fixture
def city(world: World) -> City:
    """The province in a database that rolls back."""
    return make_city(world)


def make_city(world: World) -> City:
    """Furnish the world with the province and return its people."""
    for code, name, parent, level in REGIONS:
        Region.objects.create(code=code, name=name, parent_id=parent, level=level)
    subjects = Code.objects.filter(system_id="specialty", code__in=(HEART, INNER))
    for serial, (name, region) in enumerate(
        ((LEAD, "990102"), (MEMBER, "990121"), (TOWN, "990121101"), (FAR, "990221")), start=1
    ):
        world.place(name, region_id=region, licence_number=f"PDY{serial:06d}", **COMPLETE).subjects.set(subjects)
    for name, region in ((PROVINCE_OFFICE, "990000"), (CITY_OFFICE, "990100"), (COUNTY_OFFICE, "990121")):
        world.place(name, region_id=region, is_authority=True)
    city = City(
        world=world,
        office=world.person("office", "secretary", at=LEAD),
        authority=world.person("authority", at=CITY_OFFICE),
        county=world.person("office", at=MEMBER),
        stranger=world.person("office", "director", "authority", at="他乡医院"),
    )
    for name in (MEMBER, TOWN, FAR):
        city.confirm(name)
    return city
