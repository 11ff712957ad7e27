"""SQL functions that ask for today: by the clocks of the installation, not by those of the session, which show UTC.

Until eight in the morning `current_date` is yesterday for a session in UTC: who joined today would see nothing yet.
"""


def by_local_days(*functions: str) -> str:
    """Return SQL that lets these functions, which say `current_date`, ask for the day that clocks here show."""
    names = ", ".join(f"'{name}'" for name in functions)
    return f"""
do $$ begin
  execute (select string_agg(replace(pg_get_functiondef(oid), 'current_date', 'local_time(now())::date'), ';')
             from pg_proc where proname in ({names}) and pronamespace = 'public'::regnamespace);
end $$;
"""
