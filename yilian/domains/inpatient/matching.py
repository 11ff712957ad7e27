"""Which places could take over which patients: one statement over all of them, ranked, with what speaks for each.

Places and services are handed in as plain rows, since they belong to another domain. A place is named when it offers a
service that takes patients sent down, of the subject of the patient's ward or of general practice, for the patient's
age. Of the others nobody knows that they could. A place that says it has no free bed comes last, not never: beds
change. The order is a suggestion; a doctor decides (docs/adr/0151).

Patients of one subject and age have the same places, so those are chosen once for each such kind and kept as arrays:
the planner knows nothing of these tables, and with arrays no plan it may choose compares every patient with all pairs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from yilian.kernel import clock

GENERAL_PRACTICE = "02"
"""全科医疗科 in 《医疗机构诊疗科目名录》: takes patients of every subject."""
MATCH = """
with place as materialized (
  select * from jsonb_to_recordset(%(places)s::jsonb) as p(institution int, region text, distance float, free int)),
service as materialized (
  select * from jsonb_to_recordset(%(services)s::jsonb)
    as s(id int, institution int, subject text, age_from int, age_until int)),
offer as materialized (
  select s.*, p.region, p.distance, p.free from service s join place p on p.institution = s.institution),
lying as materialized (
  select s.id, s.family_institution_id as family, coalesce(p.region_id, '') as home, coalesce(c.code, '') as subject,
         date_part('year', age(%(today)s::date, p.birth_on))::int as years
    from inpatient_stay s join registry_patient p on p.id = s.patient_id
    join registry_department d on d.id = s.department_id left join registry_code c on c.id = d.subject_id
   where s.institution_id = any((select mine())::int[]) and s.discharged_on is null
     and (%(stays)s::uuid[] is null and s.fit_since is not null or s.id = any(%(stays)s::uuid[]))),
fit as materialized (select *, dense_rank() over (order by subject, years) as kind from lying),
kind as materialized (select distinct kind, subject, years from fit),
best as materialized (
  select distinct on (k.kind, o.institution) k.kind, o.institution, o.id as service, o.region, o.distance, o.free,
         case when o.subject = k.subject then 2 when left(o.subject, 2) = left(k.subject, 2) then 1
              else 0 end as nearness
    from kind k join offer o
      on (k.subject <> '' and left(o.subject, 2) = left(k.subject, 2) or left(o.subject, 2) = %(general)s)
     and (k.years is null or k.years between coalesce(o.age_from, 0) and coalesce(o.age_until, 1000))
   order by k.kind, o.institution, 7 desc, o.id),
bundle as materialized (
  select kind, array_agg(institution) as institutions, array_agg(service) as services, array_agg(region) as regions,
         array_agg(distance) as distances, array_agg(free) as frees, array_agg(nearness) as nearnesses
    from best group by kind),
pair as (
  select f.id, u.institution, u.service, u.nearness, u.free, u.distance,
         f.family is not distinct from u.institution as is_family,
         case when f.home = '' then null when u.region = f.home then 3 when left(u.region, 6) = left(f.home, 6) then 2
              when left(u.region, 4) = left(f.home, 4) then 1 else 0 end as home
    from fit f join bundle b on b.kind = f.kind
    cross join lateral unnest(b.institutions, b.services, b.regions, b.distances, b.frees, b.nearnesses)
      as u(institution, service, region, distance, free, nearness)),
ranked as (
  select *, row_number() over (partition by id order by (free is not distinct from 0), is_family desc, home desc nulls
         last, free is null, nearness desc, distance nulls last, institution) as place_in_order from pair)
select id, institution, service, nearness, free, distance, is_family, home
  from ranked where place_in_order <= %(most)s order by id, place_in_order
"""


@dataclass(frozen=True)
class Suggestion:
    """A place for a patient. `home`: 3 lives in its very region, 2 in its county, 1 in its city, 0 elsewhere, None
    unknown. `nearness`: 2 same subject, 1 same group of subjects, 0 general practice. `free` beds: None is unknown.
    """

    stay_id: UUID
    institution_id: int
    service_id: int
    nearness: int
    free: int | None
    distance: float | None
    is_family: bool
    home: int | None


def match(
    places: Iterable[Mapping[str, Any]],
    services: Iterable[Mapping[str, Any]],
    *,
    stays: Iterable[UUID] | None = None,
    most: int = 3,
) -> list[Suggestion]:
    """Return at most so many places for each of these stays (None: all that somebody holds fit), the best first.

    Places are {institution, region, distance, free}, services {id, institution, subject, age_from, age_until}.
    """
    asked = {
        "places": orjson.dumps(list(places)).decode(), "services": orjson.dumps(list(services)).decode(),
        "stays": None if stays is None else list(stays), "most": most, "today": clock.today(),
        "general": GENERAL_PRACTICE,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(MATCH, asked)
        return [Suggestion(*row) for row in cursor.fetchall()]
