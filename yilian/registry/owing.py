"""Who owes what consortia owe on a calendar: their leads, watched by the nearest authority."""

from collections.abc import Iterator
from datetime import date

from yilian.kernel.deadlines.obligation import Subject
from yilian.registry.consortia import authority_for, on_day
from yilian.registry.models import Consortium


def owed_by_leads(on: date, *kinds: str) -> Iterator[Subject]:
    """Yield each consortium of these kinds that runs on a day, as owed by its lead."""
    rows = Consortium.objects.filter(on_day("founded_on", "ended_on", on), kind__in=kinds).select_related("lead")
    for one in rows.order_by("pk"):
        authority = authority_for(one.region_id or one.lead.region_id)
        watchers = frozenset([authority.pk] if authority else [])
        yield Subject(f"consortium:{one.pk}", one.name, one.founded_on, one.lead_id, one.pk, watchers)


def owed_by_authorities(on: date, *kinds: str) -> Iterator[Subject]:
    """Yield each consortium of these kinds that runs on a day, as owed by the nearest authority; its lead watches."""
    for subject in owed_by_leads(on, *kinds):
        for authority in subject.watchers:
            watchers = frozenset([subject.institution_id] if subject.institution_id else [])
            yield Subject(subject.id, subject.label, subject.since, authority, subject.consortium_id, watchers)
