"""SQL of emergencies: who sees time points, and which consortia are in emergency mode, whoever asks."""

from yilian.kernel.workflow.wall import behind_wall

EMERGENCIES = (
    behind_wall("referral_timepoint")
    + """
revoke delete, truncate on referral_timepoint from {app};

create function emergency_modes()
  returns table (consortium_id int, on_at timestamptz, until_at timestamptz, case_id uuid, number text, reason text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.consortium_id::int, m.on_at, m.until_at, c.id, c.number, m.emergency_reason_name
    from referral_emergencymode m join case_file c on c.id = m.case_ptr_id
    where c.open and m.on_at is not null and m.until_at is not null
$$;
revoke all on function emergency_modes() from public;
grant execute on function emergency_modes() to {app};
"""
)
