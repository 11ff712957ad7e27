"""The two clocks of waiting, in SQL over the history of cases and over bookings.

Both start and stop at moments that the history holds; claims of the institution are not asked. A case counts for the
service that it chose of the institution it was last sent to.

1. Offer: from sending to the first date that was offered. The date is the beginning of the first appointment, slot or
   bed the case was given after that sending; a bed is offered from the moment it was booked. It counts in the period in
   which the offer was made. What happens to the date afterwards does not change it.
2. Arrival: from acceptance to arrival, less what the patient caused. Each date that the patient moved or missed is
   counted once: the days from it to the next date offered, or to the arrival when none was. It counts in the period of
   the arrival.

Left out are critical cases (they are taken first and would make the queue look short), cases entered in error, and
arrivals without acceptance (emergencies that came first). The waiting time belongs to the services that a consortium
offers to its members (S4 3.2.5, 7.2.3); how to count it no article says: docs/adr/0150.
"""

LOOKED_BACK_DAYS = 366
"""Cases opened longer than this before the period are not looked for."""

CLOCKS = """
with asked as materialized (
  select c.id, s.id as service from capacity_service s
    join capacity_chosenservice k on k.service_id = s.id join case_file c on c.id = k.case_id
   where s.institution_id = %(here)s and c.id >= %(oldest)s and c.priority > 1 and c.state <> 'entered_in_error'),
lines as materialized (
  select a.id, a.service, h.seq, h.at, h.verb, h.state_to,
         (h.answers -> 'appointment_start' ->> 'value')::timestamptz as day
    from asked a join happening h on h.case_id = a.id),
sent as (
  select distinct on (id) id, service, seq, at from lines
   where state_to = 'submitted' and verb <> 'resume_unanswered' order by id, seq desc),
offers as materialized (
  select s.id, l.at as made, l.day from sent s join lines l on l.id = s.id and l.seq > s.seq where l.day is not null
  union all
  select s.id, b.booked_at, lower(b.during)
    from sent s join capacity_booking b on b.case_id = s.id and b.booked_at > s.at),
first_offer as (
  select distinct on (o.id) s.service, o.made, greatest(o.day, s.at) - s.at as wait
    from offers o join sent s on s.id = o.id order by o.id, o.made, o.day),
stay as (
  select s.id, s.service, yes.at as accepted, came.at as arrived
    from sent s
    cross join lateral (select l.at from lines l where l.id = s.id and l.seq > s.seq and l.verb = 'accept'
                         order by l.seq limit 1) yes
    cross join lateral (select l.at from lines l where l.id = s.id and l.seq > s.seq and l.verb = 'arrive'
                         order by l.seq limit 1) came),
missed as (
  select distinct t.id, before.day as from_day, coalesce(later.day, t.arrived) as to_day
    from stay t join capacity_delay d on d.case_id = t.id and d.cause = 'patient' and d.noted_at >= t.accepted
    cross join lateral (select o.day from offers o where o.id = t.id and o.made < d.noted_at
                         order by o.made desc limit 1) before
    left join lateral (select o.day from offers o where o.id = t.id and o.made >= d.noted_at
                        order by o.made limit 1) later on true),
excused as (
  select m.id, sum(greatest(least(m.to_day, t.arrived) - greatest(m.from_day, t.accepted), interval '0')) as length
    from missed m join stay t on t.id = m.id group by m.id),
arrival as (
  select t.service, t.arrived,
         greatest(t.arrived - t.accepted - coalesce(e.length, interval '0'), interval '0') as wait
    from stay t left join excused e on e.id = t.id)
select s.id,
       (select count(*) from first_offer o where o.service = s.id and o.made >= %(since)s and o.made < %(until)s),
       (select percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from o.wait) / 86400)
          from first_offer o where o.service = s.id and o.made >= %(since)s and o.made < %(until)s),
       (select count(*) from arrival a where a.service = s.id and a.arrived >= %(since)s and a.arrived < %(until)s),
       (select percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from a.wait) / 86400)
          from arrival a where a.service = s.id and a.arrived >= %(since)s and a.arrived < %(until)s)
  from capacity_service s where s.institution_id = %(here)s order by s.id
"""
