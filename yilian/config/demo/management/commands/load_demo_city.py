"""Loads the demo city into an empty installation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from yilian.config.collecting import collect_seldom
from yilian.config.demo.city import SEED, CityStandsError, build
from yilian.config.demo.multiplying import Size, multiply
from yilian.config.demo.past import bring_past
from yilian.config.demo.tasks import bring_care_data
from yilian.config.progress import show_progress
from yilian.reports.cockpit.flows import count_flows


class Command(BaseCommand):
    help = "Load fictional 江城市 into an empty installation; a second call changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=SEED, help="the same seed gives the same city")
        parser.add_argument("--scale", type=int, default=1, help="how many times the usual patients and referrals")

    def handle(self, *args: Any, seed: int, scale: int, **options: Any) -> None:
        collect_seldom()
        try:
            with transaction.atomic():
                summary = build(seed=seed)
        except CityStandsError:
            self.stdout.write("The installation is not empty; nothing was loaded. Another size needs an empty one.")
            return
        past = bring_past(seed=seed)
        size = Size((summary.patients + past.patients) * scale, (summary.referrals + past.referrals) * scale)
        if scale > 1:
            self.stdout.write(f"Copying cases until there are {size.patients} patients and {size.referrals} referrals")
            multiply(size, seed=seed, report=show_progress)
        count_flows()
        bring_care_data.defer(seed=seed)
        loaded = f"{summary.institutions} institutions, {size.patients} patients, {size.referrals} referrals"
        self.stdout.write(f"江城市: {loaded}")
