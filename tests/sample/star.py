"""Parcels to count: one fact from a table of the sample, one that is fed."""

from yilian.kernel.lake.fact import Column, Fact, Kind, facts

COLUMNS = (
    Column("weight", Kind.INT, "重量（克）"),
    Column("size", Kind.CODE, "大小"),
    Column("is_late", Kind.BOOL, "迟到"),
    Column("due_on", Kind.DATE, "应到日期"),
    Column("sent_at", Kind.MOMENT, "寄出时间"),
    Column("parcel", Kind.IDENTITY, "包裹"),
)
PARCEL = facts.add(Fact("parcel", "包裹", COLUMNS, {"receiver": "收件方"}, view="fact_parcel"))
FED_PARCEL = facts.add(Fact("fed_parcel", "报来的包裹", COLUMNS, {"receiver": "收件方"}))
