/**
 * Who wrote a row last, and what a rollback left where it was.
 *
 * `run_transactions`: every transaction in which a run writes rows of migrated tables enters itself here, so this row and
 * those have the same `xmin`; see transaction-store.sql.ts for what follows from it. Insert-only, never updated: the row is
 * its own proof, because a table that was restored from a dump has other `xmin`s than the ids that are written down.
 *
 * `sequence_images`: what a sequence of a table that was there before stood at when the run came to it, and when it left.
 */
export const undoing = `
create table towpath.run_transactions (
  run_id text not null references towpath.migration_control,
  xid bigint not null,
  entered_at timestamptz not null default clock_timestamp()
);
create index run_transactions_run_idx on towpath.run_transactions (run_id);
comment on column towpath.run_transactions.xid is 'txid_current() of the transaction, with its epoch.';

create table towpath.left_rows (
  run_id text not null references towpath.migration_control,
  entity text not null,
  new_id uuid not null,
  legacy_id text collate "C" not null,
  reason text not null check (reason in ('changed', 'pointed-at')),
  columns text[],
  image jsonb,
  at timestamptz not null default clock_timestamp(),
  primary key (run_id, entity, new_id)
);
comment on table towpath.left_rows is 'Rows of a run that its rollback did not take out or give back.';
comment on column towpath.left_rows.columns is 'Those that others changed; null: not known.';
comment on column towpath.left_rows.image is 'Of a row that was there before: what it was. Null: the run inserted it.';

create table towpath.sequence_images (
  run_id text not null references towpath.migration_control,
  entity text not null,
  sequence text not null,
  column_name text not null,
  before_value bigint not null,
  before_called boolean not null,
  after_value bigint,
  primary key (run_id, entity, sequence)
);
`;
