"""SQL of urging: the clock's view over every institution's urges, and what may change in a row."""

SIGNATURES = """
create function urges_to_escalate(latest timestamptz, earliest timestamptz, most int)
  returns table (urge_id bigint, institution_id int, case_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.institution_id, u.case_id from notices_caseurge u join case_file c on c.id = u.case_id
    where u.escalated_at is null and u.at <= latest and u.at > earliest and c.open and c.version = u.version
    order by u.at limit most
$$;
revoke all on function urges_to_escalate(timestamptz, timestamptz, int) from public;
grant execute on function urges_to_escalate(timestamptz, timestamptz, int) to {app};
revoke update, delete, truncate on notices_caseurge from {app};
grant update (escalated_at) on notices_caseurge to {app};
"""
