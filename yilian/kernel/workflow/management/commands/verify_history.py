"""Checks the hash chain of every case and names the broken ones."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.chain import BrokenLink, verify
from yilian.kernel.workflow.models import Case


class Command(BaseCommand):
    help = "Check that no line of any case's history was changed, removed or cut off."

    def handle(self, *args: Any, **options: Any) -> None:
        checked, broken = 0, []
        for institution_id in apps.get_model(settings.INSTITUTION_MODEL).objects.values_list("pk", flat=True):
            found, faults = verify_institution(institution_id)
            checked += found
            broken += faults
        for fault in broken:
            self.stdout.write(f"{fault.number}: line {fault.seq}: {fault.why}")
        if broken:
            raise CommandError(f"{len(broken)} of {checked} histories are broken")
        self.stdout.write(f"{checked} histories are whole")


def verify_institution(institution_id: int) -> tuple[int, list[BrokenLink]]:
    """Check every case whose first party (the smallest id) is this institution, so that each is checked once."""
    faults, checked = [], 0
    with scope(system_actor("verify", institution_id)):
        for case in Case.objects.filter(parties__0=institution_id).iterator(chunk_size=500):
            checked += 1
            if fault := verify(case):
                faults.append(fault)
    return checked, faults
