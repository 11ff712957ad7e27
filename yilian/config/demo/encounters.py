"""Three years of care data of the demo city, reported by each member as a file and judged like any other."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from yilian.config.demo.postings import postings
from yilian.config.demo.surveying import surveys
from yilian.config.demo.synthetic import Somewhere, make_visits, months_between, orders_of, settle, spread
from yilian.domains.encounter.columns import FACTS, FILES, MONEY, PERSON
from yilian.domains.encounter.models import Feed, FeedState, Source
from yilian.domains.encounter.taking_in import circumstances, count_months
from yilian.kernel import clock
from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.registries.keys import uuid7
from yilian.registry.models import Institution

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from yilian.domains.encounter.judging import Judged, MonthCount

MONTHS, ENCOUNTERS, PEOPLE = 36, 72_000, 14_000
SHARE_OF_BED, SMALLEST = 1.0, 60
SILENT = {"金沙县人民医院": 3, "云岭镇卫生院": 9}
"""Members that stopped reporting so many months ago."""
LATE = {"柳河镇中心卫生院": 2, "西陵区人民医院": 5}
"""Members that report each so-manieth month too late."""
CARELESS = {"白沙镇中心卫生院": 0.2, "江城仁和骨科医院": 0.12, "东湖区人民医院": 0.04}
"""The share of rows of a member in which something is wrong or missing."""


def bring_encounters(*, seed: int) -> int:
    """Report the months before this one for every institution that treats people; return how many rows came in.

    The lake takes them in at its next refresh.
    """
    from yilian.kernel.lake.duck import duck
    from yilian.kernel.lake.manifest import folder

    places = [row for row in Institution.objects.filter(is_authority=False).order_by("pk") if row.tier]
    months = _months_before(clock.today())
    at = folder()
    at.mkdir(parents=True, exist_ok=True)
    with duck(at, threads=1) as connection:
        settle(connection, _spread_over(places), PEOPLE, seed)
        _make(connection, months)
        connection.register("secondments", postings(places, months))
        connection.register("surveys", surveys(places, months))
        names = ", ".join(f"({place.pk}, '{place.name}')" for place in places)
        connection.execute(f"create temp table names as select * from (values {names}) v(key, name)")
        taken = sum(_report(connection, place, fact, months) for place in places for fact in SAID)
    return taken


def has_reports() -> bool:
    """Say whether the city was given its reports before."""
    from yilian.kernel.lake.feeding import FEEDS
    from yilian.kernel.lake.manifest import folder

    return any((folder() / FEEDS).glob("*/*.parquet"))


def _months_before(today: date) -> list[int]:
    first = today.year * 12 + today.month - 1 - MONTHS
    return months_between(first // 12 * 100 + first % 12 + 1, MONTHS)


def _spread_over(places: list[Institution]) -> list[Somewhere]:
    largest = max(places, key=lambda place: place.beds or 0)
    found = []
    for place in places:
        share = SMALLEST + SHARE_OF_BED * (place.beds or 0)
        found.append(Somewhere(place.pk, place.tier or 1, (place.region_id or "")[:6], share, largest.pk))
    return found


def _make(connection: "duckdb.DuckDBPyConnection", months: list[int]) -> None:
    """Make the tables `encounters` and `orders` of all months."""
    make_visits(connection, list(spread(ENCOUNTERS, months)))
    connection.execute("alter table visits rename to encounters")
    connection.execute(f"create temp table orders as {orders_of('encounters')}")


SAID: Mapping[str, tuple[str, str, dict[str, str]]] = {
    "encounter": (
        "encounters", "end_at",
        {
            "is_day_surgery": "surgery_level > 0 and start_at > end_at - interval 2 day",
            "adverse_reported": "case when adverse then luck < 0.7 end",
            "sex": "case when bad < {bad} / 3 then null else sex end",
            "diagnosis": "case when bad between {bad} / 3 and {bad} * 2 / 3 then '待查' else diagnosis end",
            "age": "case when bad between {bad} * 2 / 3 and {bad} then 220 else age end",
        },
    ),
    "secondment": ("secondments", '"on"', {"on": '"on"'}),
    "survey": ("surveys", '"on"', {"on": '"on"'}),
    "order": (
        "orders", "ordered_at",
        {
            "recognised": "recognisable and would_recognise",
            "resulting": "case when sent_out then (select name from names where key = above) end",
            "notified_at": "case when critical then result_at + to_seconds(notice::bigint) end",
            "handled_at": "case when critical then result_at + to_seconds((notice * 2)::bigint) end",
        },
    ),
}  # fmt: skip
"""The table of each fact, the moment that decides the month, and the cells that are not columns of it."""


def _report(connection: "duckdb.DuckDBPyConnection", place: Institution, fact: str, months: list[int]) -> int:
    """Have an institution report all its months of a fact; return how many rows were taken in."""
    from yilian.domains.encounter.judging import judge, people_in
    from yilian.kernel.lake import feeding
    from yilian.kernel.lake.manifest import folder

    rows = _file_of(connection, place, fact, months[len(months) - 1 - SILENT.get(place.name, 0)])
    if not rows.num_rows:
        return 0
    now = clock.now()
    judged = judge(fact, rows, circumstances(place.pk, now, people_in(fact, rows)), spill=folder())
    feed = Feed(id=uuid7(), institution=place, fact=fact, way=Source.FILE, begun_at=now, ended_at=now)
    feeding.stage(FACTS[fact], judged.taken, str(feed.pk), folder())
    with scope(system_actor("演示数据", place.pk)):
        _note(feed, judged, place)
    return judged.taken.num_rows


def _file_of(connection: "duckdb.DuckDBPyConnection", place: Institution, fact: str, last: int) -> "pa.Table":
    """Return the rows of an institution up to a month as the texts of a file."""
    import pyarrow as pa

    from yilian.domains.encounter import reading

    table, moment, said = SAID[fact]
    there = {row[0] for row in connection.execute(f"describe {table}").fetchall()}
    bad = str(CARELESS.get(place.name, 0.0005))
    values = []
    for column in FILES[fact]:
        value = said.get(column.name, column.name if column.name in there else "null").replace("{bad}", bad)
        values.append(f'{_as_text(column.kind, value)} as "{column.name}"')
    rows = connection.execute(
        f"select * replace ('{place.pk}-' || i as source_key) from (select i, {', '.join(values)} from {table}"
        f" where institution = {place.pk} and year({moment}) * 100 + month({moment}) <= {last}) order by i"
    )
    texts = rows.to_arrow_table().drop_columns(["i"])
    if not texts.num_rows:
        return texts
    return reading.settled(fact, texts.cast(pa.schema([pa.field(name, pa.string()) for name in texts.column_names])))


def _as_text(kind: str, value: str) -> str:
    if kind == MONEY:
        return f"printf('%d.%02d', ({value}) // 100, ({value}) % 100)"
    if kind == PERSON:
        return f"'JC' || lpad(({value})::varchar, 8, '0')"
    return f"({value})::varchar"


def _note(feed: Feed, judged: "Judged", place: Institution) -> None:
    """Keep the report, and for each month that it came soon after its end, or too late."""
    feed.received, feed.taken = sum(month.received for month in judged.months), judged.taken.num_rows
    feed.rejected_count, feed.broken = feed.received - feed.taken, judged.broken
    feed.months, feed.state = [month.month for month in judged.months], FeedState.TAKEN
    feed.file_name, feed.reporter_name = f"{feed.fact_title}-{place.name}.parquet", "信息科"
    feed.save(force_insert=True)
    count_months(feed, [_as_it_came(month, place, number) for number, month in enumerate(judged.months, 1)])


def _as_it_came(month: "MonthCount", place: Institution, number: int) -> dict[str, Any]:
    """Return how a month fared, as if it had been reported soon after its end, or too late."""
    is_late = place.name in LATE and number % LATE[place.name] == 0
    ended = datetime(month.month // 100 + month.month % 100 // 12, month.month % 100 % 12 + 1, 1, 9)
    at = timezone.make_aware(ended + timedelta(days=14 if is_late else 4))
    return vars(month) | {"late": month.received if is_late else 0, "at": at}
