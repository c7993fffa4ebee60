/**
 * The audit log can be added to and nothing else. Its owner is refused as well, and a session that keeps other triggers
 * from firing too; whoever may alter the table can take the refusal away, which `towpath audit verify` tells, as it
 * tells what was changed then. A new entry must follow the last one.
 */
export const auditGuard = `
create function towpath.refuse_audit_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'The audit log is only added to: % is refused.', lower(tg_op) using errcode = 'restrict_violation';
end $$;

create function towpath.refuse_audit_disorder() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  last record;
begin
  select seq, hash into last from towpath.audit_log order by seq desc limit 1;
  if new.previous_hash is distinct from coalesce(last.hash, repeat('0', 64)) or new.seq <= coalesce(last.seq, 0) then
    raise exception 'The audit log is only added to: an entry must follow the last one.' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create trigger audit_log_append_only before update or delete or truncate on towpath.audit_log
  for each statement execute function towpath.refuse_audit_change();
create trigger audit_log_in_order before insert on towpath.audit_log
  for each row execute function towpath.refuse_audit_disorder();
alter table towpath.audit_log enable always trigger audit_log_append_only;
alter table towpath.audit_log enable always trigger audit_log_in_order;
revoke execute on function towpath.refuse_audit_change(), towpath.refuse_audit_disorder() from public;
`;
