"""The first form of the function that finds promised answers."""

FUNCTIONS = """
create function referral_promised(asked jsonb, moment timestamptz, zone text, most int)
  returns table (key text, counted bigint, late bigint, undecided bigint, rows jsonb)
  language sql stable security definer set search_path = public, pg_temp as $$
  with a as materialized (
    select * from jsonb_to_recordset(asked) x(key text, places int[], hours numeric, urgency text, direction text,
                                              first timestamptz, last timestamptz)),
  pairs as (select a.key, a.hours, a.urgency, a.direction, a.first, a.last, s.place as sender, r.place as receiver
              from a, unnest(a.places) s(place), unnest(a.places) r(place) where s.place <> r.place),
  sent as (  -- a period lies in one calendar month, which the join may hash
    select p.key, c.id, c.number, f.sent_at, f.answered_at, c.open,
           f.sent_at + make_interval(secs => (p.hours * 3600)::double precision) as until,
           coalesce(f.answered_at, case when c.open then moment else c.since end) as stop
      from pairs p join referral_referral f on f.sender_id = p.sender and f.receiver_id = p.receiver
        and date_trunc('month', f.sent_at at time zone zone) = date_trunc('month', p.first at time zone zone)
        and f.sent_at >= p.first and f.sent_at < p.last and (p.direction = 'any' or f.direction = p.direction)
      join case_file c on c.id = f.case_ptr_id and (p.urgency = 'any' or c.priority::text = p.urgency)),
  judged as (select *, stop > until as is_late, answered_at is null and open and stop <= until as is_open from sent
              where answered_at is not null or open or stop > until),
  ranked as (select *, row_number() over (partition by key, is_open order by is_late desc, sent_at) as place
               from judged)
  select a.key, count(j.id) filter (where not j.is_open), count(j.id) filter (where j.is_late),
         count(j.id) filter (where j.is_open),
         coalesce(jsonb_agg(jsonb_build_object('id', j.id, 'number', j.number, 'late', j.is_late)
                            order by j.is_late desc, j.sent_at) filter (where not j.is_open and j.place <= most), '[]')
    from a left join ranked j on j.key = a.key group by a.key
$$;
revoke all on function referral_promised(jsonb, timestamptz, text, int) from public;
grant execute on function referral_promised(jsonb, timestamptz, text, int) to {app};
"""
