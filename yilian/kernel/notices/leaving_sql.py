"""SQL of what leaves the house: who sees robots and deliveries, and which institutions have a robot."""

OWN = "institution_id = any((select mine())::int[])"
CARRY_OVER = """
update notices_noticedelivery d set state = 'sent', attempts = 1,
  institution_id = (select n.institution_id from notices_notice n where n.id = d.notice_id);
insert into notices_noticeoptout (user_id, channel, kind)
  select o.user_id, o.channel, k.kind from notices_noticeoptout o,
    unnest(array['step', 'deadline', 'urge', 'reply', 'word']) k(kind) where o.kind = '';
delete from notices_noticeoptout where kind = '';
set constraints all immediate;
"""
WALLS = f"""
drop policy own on notices_noticedelivery;
create policy own on notices_noticedelivery to {{app}} using ({OWN}) with check ({OWN});
grant update (state, attempts, last_error, next_at) on notices_noticedelivery to {{app}};
alter table notices_noticerobot enable row level security;
create policy own on notices_noticerobot to {{app}} using ({OWN}) with check ({OWN});
revoke update, delete, truncate on notices_noticerobot from {{app}};
grant update (is_on, kinds, set_by_id, set_by_name, set_at) on notices_noticerobot to {{app}};

create function robot_holders() returns table (institution_id int)
  language sql stable security definer set search_path = public, pg_temp as $$
  select distinct r.institution_id from notices_noticerobot r where r.is_on
$$;
revoke all on function robot_holders() from public;
grant execute on function robot_holders() to {{app}};
"""
