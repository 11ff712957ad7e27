"""Named schemas of the OpenAPI document that do not depend on a case type."""

from typing import Any

from yilian.kernel.api.shapes import KEY, MOMENT, brief_schema

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
TRUTH: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "integer"}
DAY: Schema = {"type": "string", "format": "date"}
TEXT_OR_NOTHING: Schema = {"type": ["string", "null"]}
_NUMBER_OR_NOTHING: Schema = {"type": ["integer", "null"]}


def record(optional: tuple[str, ...] = (), /, **properties: Schema) -> Schema:
    """Return the schema of an object with exactly these members."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def several(schema: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": schema}


def paged(schema: Schema) -> Schema:
    """Return the schema of a page: items and the address of the next page."""
    return record(items=several(schema), next={"type": ["string", "null"], "description": "URL"})


def one_of(*schemas: Schema) -> Schema:
    return {"anyOf": list(schemas)}


def nullable(name: str) -> Schema:
    return one_of({"$ref": f"#/components/schemas/{name}"}, {"type": "null"})


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def schemas() -> dict[str, Schema]:
    """Return the named schemas."""
    return {**_problem(), **_account(), **_worklists(), **_case_parts(), **_documents(), **_knowledge()}


def _problem() -> dict[str, Schema]:
    return {
        "Citation": record(text=TEXT, url=TEXT_OR_NOTHING),
        "Reason": record(
            kind=TEXT, text=TEXT, field=TEXT_OR_NOTHING, passes_on={"type": ["string", "null"], "format": "date"},
            citations=several(ref("Citation")),
        ),
        "Problem": record(type=TEXT, status=NUMBER, title=TEXT, detail=TEXT, instance=TEXT,
                          reasons=several(ref("Reason"))),
    }  # fmt: skip


def _account() -> dict[str, Schema]:
    titled = record(key=TEXT, title=TEXT)
    return {
        "Credentials": record(
            ("code", "post"),
            username={"type": "string", "minLength": 1, "maxLength": 150},
            password={"type": "string", "minLength": 1, "maxLength": 1000, "format": "password"},
            code={"type": ["string", "null"], "maxLength": 40},
            post={"type": ["integer", "null"]},
        ),
        "Institution": record(id=NUMBER, name=TEXT),
        "Post": record(
            id=NUMBER, institution=ref("Institution"), role=titled, consortium_id={"type": ["integer", "null"]},
            since_on=DAY, until_on={"type": ["string", "null"], "format": "date"},
        ),
        "Token": record(token=TEXT, token_type={"const": "Bearer"}, expires_at=MOMENT, post=ref("Post")),
        "Me": record(
            id=NUMBER, name=TEXT, on_behalf_of={"type": ["integer", "null"]}, post=nullable("Post"),
            may_act_for=several(record(id=NUMBER, name=TEXT, until_on={"type": "string", "format": "date"})),
            posts=several(ref("Post")), roles=several(titled), expires_at=MOMENT,
            case_types=several(record(key=TEXT, title=TEXT, may_open=TRUTH, url=TEXT)),
        ),
    }  # fmt: skip


def _worklists() -> dict[str, Schema]:
    waiting = brief_schema()
    patient = record(id=KEY, name=TEXT_OR_NOTHING)
    waiting["properties"]["patient"] = one_of(patient, {"type": "null"})
    waiting["required"].append("patient")
    found = record(value={"type": ["string", "integer"]}, label=TEXT, hint=TEXT)
    return {"Inbox": paged(waiting), "Lookup": record(items=several(found))}


def _case_parts() -> dict[str, Schema]:
    named = record(id={"type": ["integer", "null"]}, name=TEXT)
    return {
        "Brief": brief_schema(),
        "Party": record(side=TEXT, side_title=TEXT, is_oversight=TRUTH, institution=ref("Institution")),
        "Step": record(
            verb=TEXT, title=TEXT, help=TEXT, confirm=TEXT, style=TEXT, target=TEXT, is_open=TRUTH, is_mine=TRUTH,
            is_duty=TRUTH, citation=nullable("Citation"), reasons=several(ref("Reason")),
            asks={"type": "object", "description": "JSON Schema"}, url=TEXT,
        ),
        "Steps": record(case=ref("Brief"), items=several(ref("Step"))),
        "History": record(items=several(ref("Happening")), next=TEXT_OR_NOTHING, digest=TEXT, is_whole=TRUTH),
        "Happening": record(
            seq=NUMBER, at=MOMENT, verb=TEXT, title=TEXT, state_from=TEXT, state_to=TEXT,
            actor=record(id={"type": ["integer", "null"]}, name=TEXT, on_behalf_of={"type": ["integer", "null"]}),
            institution=ref("Institution"), note=TEXT, answers={"type": "object"}, digest=TEXT,
        ),
        "Message": record(
            id=NUMBER, at=MOMENT, author=named, institution=ref("Institution"), text=TEXT,
            awaits_reply=TRUTH, answered_at={"type": ["string", "null"], "format": "date-time"},
            seen=several(record(name=TEXT, institution=TEXT, at=MOMENT)),
        ),
        "Messages": paged(ref("Message")),
        "NewMessage": record(
            ("awaits_reply",),
            text={"type": "string", "minLength": 1, "maxLength": 4000}, awaits_reply={"type": ["boolean", "null"]},
        ),
        "Urge": record(
            id=NUMBER, at=MOMENT, by=named, institution=ref("Institution"), told=several(NUMBER), note=TEXT,
            escalated_at={"type": ["string", "null"], "format": "date-time"},
        ),
        "Urges": record(items=several(ref("Urge"))),
        "NewUrge": record(("note",), note={"type": ["string", "null"], "maxLength": 200}),
        "Seen": record(new=NUMBER),
        "Links": record(items=several(record(relation=TEXT, case=ref("Brief")))),
    }  # fmt: skip


def _documents() -> dict[str, Schema]:
    moment_or_nothing = {"type": ["string", "null"], "format": "date-time"}
    titled = record(key=TEXT, title=TEXT)
    return {
        "Document": record(
            id=KEY, purpose=titled, title=TEXT, file_name=TEXT, content_type=TEXT, size=NUMBER, sha256=TEXT,
            scan_state=TEXT, uploaded_by=TEXT, institution_id=NUMBER, at=MOMENT, removed_at=moment_or_nothing,
            removed_reason=TEXT, url=TEXT,
        ),
        "Paper": record(
            id=KEY, key=TEXT, title=TEXT, number=TEXT, issuer=TEXT, issued_by=TEXT, issued_at=MOMENT,
            voided_at=moment_or_nothing, void_reason=TEXT, document_id=KEY, url=TEXT, verify_url=TEXT,
        ),
        "Documents": record(
            items=several(ref("Document")), papers=several(ref("Paper")), purposes=several(titled),
            issuable=several(record(key=TEXT, title=TEXT, refusal=TEXT_OR_NOTHING)),
        ),
        "WithReason": record(reason={"type": "string", "minLength": 1, "maxLength": 200}),
    }  # fmt: skip


def _knowledge() -> dict[str, Schema]:
    article = record(key=TEXT, label=TEXT, gist=TEXT, chapter=TEXT, url=TEXT)
    document: dict[str, Any] = {
        "key": TEXT, "title": TEXT, "issuer": TEXT, "number": TEXT, "missing": TEXT, "url": TEXT,
        "issued_on": {"type": ["string", "null"], "format": "date"},
        "effective_from": {"type": ["string", "null"], "format": "date"},
        "trial_until": {"type": ["string", "null"], "format": "date"},
    }  # fmt: skip
    return {
        "Regulations": record(items=several(record(**document))),
        "Regulation": record(**document, articles=several(article)),
        "Indicators": record(items=several(ref("Indicator"))),
        "Indicator": record(
            key=TEXT, title=TEXT, unit=TEXT, direction={"enum": ["up", "down", "none"]}, part_says=TEXT,
            whole_says=TEXT, help=TEXT, citation=ref("Citation"), url=TEXT, certainty=TEXT, level=several(TEXT),
            frames=several(TEXT), lacks=TEXT, version=TEXT, target=TEXT_OR_NOTHING, consortium_id=_NUMBER_OR_NOTHING,
            formula=one_of(
                record(fact=TEXT, at=TEXT, part=TEXT, whole=TEXT, per=NUMBER, over=NUMBER), {"type": "null"}
            ),
        ),
        "IndicatorValue": record(
            indicator=ref("Indicator"), period=record(label=TEXT, first=DAY, last=DAY),
            institution_id={"type": ["integer", "null"]}, consortium_id={"type": ["integer", "null"]},
            value=TEXT_OR_NOTHING, part=TEXT_OR_NOTHING, whole=TEXT_OR_NOTHING, shown=TEXT, is_unknown=TRUTH,
        ),
        "IndicatorMonths": record(
            indicator=ref("Indicator"), period=record(label=TEXT, first=DAY, last=DAY),
            institution_id=_NUMBER_OR_NOTHING, consortium_id=_NUMBER_OR_NOTHING,
            items=several(record(month=TEXT, value=TEXT_OR_NOTHING, part=_NUMBER_OR_NOTHING, whole=_NUMBER_OR_NOTHING,
                                 version=TEXT)),
        ),
        **_releases(),
        "CaseTypes": record(items=several({"type": "object"})),
    }  # fmt: skip


def _releases() -> dict[str, Schema]:
    brief: dict[str, Any] = {
        "id": NUMBER, "key": TEXT, "title": TEXT, "unit": TEXT, "year": NUMBER, "consortium_id": NUMBER,
        "consortium": TEXT, "hidden": NUMBER, "smallest_count": NUMBER, "smallest_whole": NUMBER,
        "definitions": NUMBER, "released_at": MOMENT, "released_by": TEXT, "url": TEXT,
    }  # fmt: skip
    number = TEXT_OR_NOTHING
    cell = one_of(record(is_hidden=TRUTH, value=number, part=number, whole=number), {"type": "null"})
    line = record(name=TEXT, months=several(cell), year=cell)
    return {
        "Releases": record(items=several(record(**brief))),
        "ReleasedTable": record(**brief, places=several(line), total=line, left_out=several(TEXT)),
    }
