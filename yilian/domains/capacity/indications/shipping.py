"""The shipped indications: defaults that a consortium confirms or replaces; loaded after every migration."""

import csv
from pathlib import Path

from yilian.domains.capacity.models import Indication, IndicationVersion
from yilian.domains.capacity.models.indication import ADVICE
from yilian.kernel import clock

FILE = Path(__file__).with_name("shipped.csv")
AUTHOR = "系统默认"


def load_shipped(*, using: str) -> int:
    """Insert the defaults that are not there yet and return how many; those that are there stay as they are."""
    rows = Indication.objects.using(using).filter(consortium__isnull=True)
    present = set(rows.values_list("shipped_key", flat=True))
    with FILE.open(encoding="utf-8", newline="") as lines:
        missing = [line for line in csv.DictReader(lines) if line["key"] not in present]
    for line in missing:
        made = Indication.objects.using(using).create(
            shipped_key=line["key"], direction=line["direction"], diagnoses=line["diagnoses"].split(),
            condition=line["condition"], source=line["source"], changed_at=clock.now(),
        )  # fmt: skip
        IndicationVersion.objects.using(using).create(
            indication=made, version=1, written_at=made.changed_at, written_name=AUTHOR,
            **{name: getattr(made, name) for name in ADVICE},
        )  # fmt: skip
    return len(missing)
