"""What the requests are about: drawn at random, so that people, institutions, patients and cases take turns."""

import json
import threading
from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from django.db import connections
from django.utils import timezone

from bench.clients import Call
from bench.people import Patient, Person
from yilian.config.demo.people import PASSWORD
from yilian.config.demo.vignettes import VIGNETTES
from yilian.domains.referral.parameters import NEEDS_APPROVAL
from yilian.kernel.rules.values import value_of

API = "/api/v1"
ROUTES = """select distinct r.sender_id, r.receiver_id, r.receiver_department_id
  from referral_referral r where r.direction = 'up' and r.destination = 'network' and r.sent_at is not null"""
ILLNESSES = [one for one in VIGNETTES if one.youngest <= 20 and one.oldest >= 100 and not one.ward.startswith("05")]


class Stock:
    """People and rows to draw requests from; safe to use by many threads."""

    def __init__(self, people: list[Person], seed: int = 1) -> None:
        self.chance = Random(seed)  # noqa: S311 - repeatable on purpose
        self.people, self.lock = people, threading.Lock()
        self.largest = max(people, key=lambda person: person.place.referrals)
        self.at = {
            place: [one for one in people if one.place.id == place] for place in {one.place.id for one in people}
        }
        self.routes = _routes(self.at)
        self.to_send = deque(self._to_send())
        self.sent: deque[tuple[str, int, int]] = deque()

    def person(self) -> Person:
        return self.chance.choice(self.people)

    def first_requests(self) -> Iterator[Call]:
        """Let everyone ask something once: the first use of a token is written down, the next ones are not."""
        for person in self.people:
            yield Call("GET", f"{API}/me", person.headers)

    def log_in(self) -> Call:
        body = {"username": self.person().username, "password": PASSWORD}
        return Call("POST", f"{API}/token", body=body, expected=201)

    def list_of_20(self) -> Call:
        return Call("GET", f"{API}/cases/referral", self.person().headers)

    def deep_page(self) -> Call:
        person = self.person()
        return Call("GET", f"{API}/cases/referral?before={person.place.deep}", person.headers)

    def detail(self) -> Call:
        person = self.person()
        return Call("GET", f"{API}/cases/referral/{self.chance.choice(person.place.cases)}", person.headers)

    def open_steps(self) -> Call:
        person = self.person()
        return Call("GET", f"{API}/cases/referral/{self.chance.choice(person.place.cases)}/steps", person.headers)

    def inbox(self) -> Call:
        return Call("GET", f"{API}/inbox", self.person().headers)

    def patient_by_number(self) -> Call:
        person = self.person()
        return Call("GET", f"{API}/patients?identity={self._known_to(person).number}", person.headers)

    def patient_by_name(self) -> Call:
        person = self.person()
        return Call("GET", f"{API}/patients?name={quote(self._known_to(person).name)}", person.headers)

    def open_and_send(self) -> Call | None:
        """Open a referral and send it, in one request, for a patient who has none."""
        with self.lock:
            if not self.to_send:
                return None
            person, patient, (receiver, department) = self.to_send.popleft()
        body = {"answers": self._form(person, patient, receiver, department), "then": "send"}
        headers = {**person.headers, "Idempotency-Key": str(uuid4())}
        return Call("POST", f"{API}/cases/referral", headers, body, 201, lambda text: self._was_sent(text, receiver))

    def accept(self) -> Call | None:
        """Accept one of the referrals sent before."""
        with self.lock:
            if not self.sent:
                return None
            key, version, receiver = self.sent.popleft()
        headers = {**self.chance.choice(self.at[receiver]).headers, "If-Match": f'"{version}"'}
        headers["Idempotency-Key"] = str(uuid4())
        body = {"answers": {"instruction": "请携带身份证、医保卡和既往检查资料。"}}
        return Call("POST", f"{API}/cases/referral/{key}/steps/accept", headers, body)

    def html_list(self) -> Call:
        return Call("GET", "/referral/", self.person().page_headers)

    def html_detail(self) -> Call:
        person = self.person()
        return Call("GET", f"/referral/{self.chance.choice(person.place.cases)}/", person.page_headers)

    def export(self) -> Call:
        """Export as many rows as a workbook takes: the busiest institution has the most."""
        people = self.at[self.largest.place.id]
        return Call("GET", "/referral/export.xlsx", self.chance.choice(people).page_headers)

    def _known_to(self, person: Person) -> Patient:
        return self.chance.choice(person.place.patients)

    def _to_send(self) -> list[tuple[Person, Patient, tuple[int, int | None]]]:
        """Pair free patients with somebody who knows them and a place to send them to; nobody twice."""
        found, taken = [], set()
        for place, routes in self.routes.items():
            for patient in self.at[place][0].place.patients:
                if patient.is_free and patient.id not in taken:
                    taken.add(patient.id)
                    found.append((self.chance.choice(self.at[place]), patient, self.chance.choice(routes)))
        self.chance.shuffle(found)
        return found

    def _form(self, person: Person, patient: Patient, receiver: int, department: int | None) -> dict[str, Any]:
        illness, now = self.chance.choice(ILLNESSES), timezone.now()
        return {
            "patient": str(patient.id), "direction": "up", "priority": str(illness.priority), "destination": "network",
            "receiver": receiver, "receiver_department": department, "up_reason": illness.reason,
            "diagnosis": illness.code, "impression": illness.impression, "present_history": illness.present,
            "past_history": illness.past, "treatment": illness.treatment, "pulse": illness.pulse,
            "systolic": illness.systolic, "diastolic": 80, "temperature": "36.8", "respiration": 20,
            "oxygen_saturation": 96, "allergies": "否认药物过敏史", "transport": "own", "contact_phone": "0999-1234567",
            "consent_choice": "agree", "consent_by": patient.name, "consent_relation": "0",
            "consent_told_by": person.name, "consent_told_at": (now - timedelta(minutes=5)).isoformat(),
            "outside_contact": "接诊处", "outside_contact_at": (now - timedelta(minutes=4)).isoformat(),
            "outside_contact_note": "电话商定次日接诊",
        }  # fmt: skip

    def _was_sent(self, text: bytes, receiver: int) -> None:
        case = json.loads(text)
        with self.lock:
            self.sent.append((case["id"], case["version"], receiver))


def _routes(at: dict[int, list[Person]]) -> dict[int, list[tuple[int, int | None]]]:
    """Return where each institution sends its patients; not those that want referrals approved inside first."""
    found: dict[int, list[tuple[int, int | None]]] = {}
    with connections["owner"].cursor() as cursor:
        cursor.execute(ROUTES)
        for sender, receiver, department in cursor.fetchall():
            if sender in at and receiver in at and not value_of(NEEDS_APPROVAL, sender):
                found.setdefault(sender, []).append((receiver, department))
    return found
