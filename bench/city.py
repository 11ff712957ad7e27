"""The city that is measured: 60 institutions and 300 people, with as many patients and referrals as asked.

`python -m bench.city --referrals 100000` loads it into the data folder YILIAN_HOME; what is loaded already stays.
"""

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TWINS_EACH, PEOPLE = 3, 300
FEWEST_PATIENTS = 300
RECORD = "bench.json"


def record_of(home: Path) -> dict[str, Any] | None:
    """Return what was loaded into a data folder, or None when nothing was, or not to the end."""
    file = home / RECORD
    return json.loads(file.read_text()) if file.exists() else None


def load(referrals: int, patients: int, played: int) -> dict[str, Any]:
    """Play a small city through the engine, multiply it, and write down what is there and how long it took."""
    from django.conf import settings
    from django.db import transaction

    from yilian.config.demo.city import SEED, build
    from yilian.config.demo.layout import JIANGCHENG, grown
    from yilian.config.demo.multiplying import Size, multiply
    from yilian.config.preparing import prepare_database
    from yilian.config.progress import show_progress
    from yilian.kernel.postgres.place import in_use

    with in_use(settings.PLACE, settings.HOME):
        prepare_database()
        began = time.monotonic()
        with transaction.atomic():
            layout = grown(JIANGCHENG, each=TWINS_EACH, staff=PEOPLE)
            build(layout=layout, referrals=played, patients=max(FEWEST_PATIENTS, 2 * played))
        played_at = time.monotonic()
        multiply(Size(patients=patients, referrals=referrals), seed=SEED, report=show_progress)
        found = counted() | {"seconds_played": played_at - began, "seconds_multiplied": time.monotonic() - played_at}
    found = {name: round(value, 1) for name, value in found.items()}
    (Path(settings.HOME) / RECORD).write_text(json.dumps(found))
    return found


def counted() -> dict[str, Any]:
    """Return how many rows there are."""
    from django.db import connections

    tables = {
        "referrals": "referral_referral", "patients": "registry_patient", "institutions": "registry_institution",
        "users": "access_user", "cases": "case_file", "participations": "participation", "history": "happening",
        "notices": "notices_notice",
    }  # fmt: skip
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"select {', '.join(f'(select count(*) from {table})' for table in tables.values())}")
        counts = dict(zip(tables, cursor.fetchone(), strict=True))
        cursor.execute("select pg_database_size(current_database()) / 1048576")
        return counts | {"megabytes": cursor.fetchone()[0]}


def leave_when_told() -> None:
    """End in good order at SIGTERM, as at Ctrl-C: what was started is stopped on the way out."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))


def asking(prog: str, doc: str | None) -> argparse.ArgumentParser:
    """Return the options of a measurement that works on a city of `make bench`."""
    parser = argparse.ArgumentParser(prog=prog, description=doc)
    parser.add_argument("--referrals", type=int, default=100_000, help="which city of make bench")
    parser.add_argument("--played", type=int, default=800, help="referrals played before they are copied")
    parser.add_argument("--home", type=Path, default=Path("var/bench"), help="where loaded data are kept")
    return parser


@contextmanager
def opened(chosen: argparse.Namespace) -> Iterator[None]:
    """Open the city that was asked for, loaded if it is not there; this process then knows no other one."""
    home = (chosen.home / str(chosen.referrals)).absolute()
    os.environ["YILIAN_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yilian.config.settings")
    import django

    django.setup()
    from django.conf import settings

    from yilian.config.preparing import prepare_database
    from yilian.kernel.postgres.place import in_use

    with in_use(settings.PLACE, settings.HOME):  # around the loading too: the connections it leaves stay good
        prepare_database()
        if record_of(home) is None:
            print(f"loading {chosen.referrals:,} referrals into {home}", file=sys.stderr)
            load(chosen.referrals, chosen.referrals, chosen.played)
        yield


def main() -> None:
    leave_when_told()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--referrals", type=int, required=True)
    parser.add_argument("--patients", type=int, required=True)
    parser.add_argument("--played", type=int, default=800)
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yilian.config.settings")
    import django

    django.setup()
    load(chosen.referrals, chosen.patients, chosen.played)


if __name__ == "__main__":
    main()
