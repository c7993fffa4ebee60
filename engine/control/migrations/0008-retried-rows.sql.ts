/**
 * Rows that a retry brought in, or gave a link back to: they keep the batch that read them first, so what is true of them since
 * stands here. Only added to; of a row the newest counts, and only where it is younger than its batch.
 */
export const retriedRows = `
create table towpath.retried_rows (
  run_id text not null references towpath.migration_control,
  entity text not null,
  legacy_id text collate "C" not null,
  how text not null check (how in ('moved', 'linked')),
  approval_id text not null references towpath.approvals,
  plan_hash text not null,
  at timestamptz not null default clock_timestamp()
);
create index retried_rows_row_idx on towpath.retried_rows (run_id, entity, legacy_id);
comment on table towpath.retried_rows is 'Rows that quarantine retry moved, or gave a link back to, with the approval and the plan it had.';
`;
