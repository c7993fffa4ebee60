/**
 * Approvals that are asked for before they are given: who asked, what the person was shown, which state of source and
 * target it was about, and what became of it.
 *
 *   requested → granted | declined; granted → used. Past expires_at the first two count as expired; nothing is deleted.
 *
 * What was granted before this version names no state of source and target, so it no longer fits anything.
 */
export const approvalCards = `
alter table towpath.approvals rename column approver to decided_by;
alter table towpath.approvals
  alter column decided_by drop not null,
  add column state text not null default 'requested' check (state in ('requested', 'granted', 'declined', 'used')),
  add column subject text not null default '',
  add column basis text,
  add column card jsonb,
  add column source_fingerprint text,
  add column target_fingerprint text,
  add column for_run text,
  add column part_of text references towpath.approvals,
  add column requested_by text,
  add column decided_at timestamptz;
update towpath.approvals set state = case when used_at is null then 'granted' else 'used' end,
  requested_by = decided_by, decided_at = created_at;
alter table towpath.approvals
  alter column requested_by set not null,
  add constraint approvals_decided_check
    check ((state = 'requested') = (decided_by is null) and (state = 'requested') = (decided_at is null)),
  add constraint approvals_used_check check ((state = 'used') = (used_at is not null));
comment on column towpath.approvals.created_at is 'When it was asked for, or given without being asked.';
comment on column towpath.approvals.subject is 'What else the wish named: the size of a sample, an age in days.';
comment on column towpath.approvals.basis is 'Hash of what it rests on besides plan and structures: a validation report.';
comment on column towpath.approvals.card is 'What the person was shown.';
comment on column towpath.approvals.for_run is 'The only run that may use it; null: any run of the plan.';
comment on column towpath.approvals.part_of is 'The approval that it was given with.';
comment on column towpath.approvals.run_id is 'The run that used it.';
`;
