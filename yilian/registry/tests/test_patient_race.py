"""Several desks register one person at the same moment: one row comes of it, and each desk gets it."""

import threading

from django.db import connections

from tests.world import World
from yilian.kernel.access.scope import scope
from yilian.registry import patients
from yilian.registry.models import Patient
from yilian.registry.tests.conftest import resident_number

DESKS = 6


def test_one_person_is_one_row_however_many_desks_register(fresh_database):
    world = World()
    desks = [world.person("registrar", at=f"第{place}医院") for place in range(DESKS)]
    start, found = threading.Barrier(DESKS), []

    def register(desk) -> None:
        start.wait()
        try:
            found.append(patients.register_patient(by=desk, name="王喆", identity_number=resident_number()))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=register, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({patient.pk for patient, _ in found}) == 1
    assert sorted(is_new for _, is_new in found) == [False] * (DESKS - 1) + [True]
    for desk in desks:
        with scope(desk):
            assert [line.name for line in patients.search(desk, "wangzhe")] == ["王喆"]
            assert len(Patient.objects.get().institutions) == DESKS
