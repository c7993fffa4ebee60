/**
 * The ledger of runs: states, batches, mapping pairs, quarantine, repairs, errors, approvals, audit.
 * Released migrations never change; what is wrong here is put right by the next number.
 *
 * mapping_pairs is partitioned by entity because a batch copies straight into its entity's partition, whose unique
 * index is built after the load, and because a rolled back entity is one partition to empty.
 */
export const ledger = `
create table towpath.migration_control (
  run_id text primary key,
  migration text not null,
  state text not null check (state in ('created', 'analysed', 'planned', 'approved', 'rehearsed', 'copying', 'paused',
    'copied', 'validating', 'completed', 'failed', 'rolling-back', 'rolled-back', 'cancelled')),
  plan_hash text not null,
  namespace uuid not null,
  mode text not null,
  options jsonb not null default '{}',
  source_fingerprint text,
  started_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  requested_action text check (requested_action in ('pause', 'cancel')),
  owner_pid int,
  owner_host text,
  owner_app text,
  heartbeat_at timestamptz,
  error jsonb
);
create index migration_control_migration_idx on towpath.migration_control (migration, started_at);
comment on column towpath.migration_control.namespace is 'Secret: with it, new ids can be computed from old ones.';

create table towpath.entities (
  entity_no smallint generated always as identity primary key,
  migration text not null,
  entity text not null,
  unique (migration, entity)
);

create table towpath.entity_migration_status (
  run_id text not null references towpath.migration_control,
  entity text not null,
  level int not null default 0,
  state text not null default 'pending' check (state in ('pending', 'copying', 'finishing', 'completed', 'failed',
    'skipped', 'rolled-back')),
  expected_rows bigint,
  rows_read bigint not null default 0,
  rows_written bigint not null default 0,
  rows_quarantined bigint not null default 0,
  rows_repaired bigint not null default 0,
  rows_excluded bigint not null default 0,
  batches_done int not null default 0,
  started_at timestamptz,
  finished_at timestamptz,
  error jsonb,
  primary key (run_id, entity)
);

create table towpath.batch_processing_status (
  batch_id int generated always as identity primary key,
  run_id text not null references towpath.migration_control,
  entity text not null,
  lo jsonb,
  hi jsonb,
  state text not null default 'planned' check (state in ('planned', 'completed')),
  attempts int not null default 0,
  rows_read bigint not null default 0,
  rows_written bigint not null default 0,
  rows_quarantined bigint not null default 0,
  rows_repaired bigint not null default 0,
  bytes_read bigint not null default 0,
  bytes_written bigint not null default 0,
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz
);
create index batch_processing_status_entity_idx on towpath.batch_processing_status (run_id, entity, batch_id);
comment on column towpath.batch_processing_status.lo is 'Rows behind this key; null: from the first row on.';
comment on column towpath.batch_processing_status.hi is 'Up to and with this key; null: to the last row.';

create table towpath.migration_checkpoints (
  checkpoint_id int generated always as identity primary key,
  run_id text not null references towpath.migration_control,
  reason text not null,
  summary jsonb not null,
  created_at timestamptz not null default clock_timestamp()
);
create index migration_checkpoints_run_idx on towpath.migration_checkpoints (run_id, checkpoint_id);

create table towpath.mapping_pairs (
  entity_no smallint not null,
  legacy_id text collate "C" not null,
  new_id uuid not null,
  batch_id int not null
) partition by list (entity_no);

create view towpath.migration_mappings as
  select entities.entity, pairs.legacy_id, pairs.new_id, pairs.batch_id, batches.finished_at as created_at,
    entities.migration
  from towpath.mapping_pairs as pairs
  join towpath.entities on entities.entity_no = pairs.entity_no
  left join towpath.batch_processing_status as batches on batches.batch_id = pairs.batch_id;

create table towpath.quarantined_rows (
  id bigint generated always as identity primary key,
  run_id text not null references towpath.migration_control,
  entity text not null,
  legacy_id text collate "C" not null,
  batch_id int,
  reason text not null,
  sqlstate text,
  column_name text,
  message text not null,
  source_row jsonb,
  state text not null default 'held' check (state in ('held', 'released')),
  created_at timestamptz not null default clock_timestamp()
);
create index quarantined_rows_entity_idx on towpath.quarantined_rows (run_id, entity, legacy_id);

create table towpath.repaired_rows (
  run_id text not null references towpath.migration_control,
  entity text not null,
  legacy_id text collate "C" not null,
  batch_id int,
  column_name text not null,
  rule text not null,
  original text,
  created_at timestamptz not null default clock_timestamp()
);
create index repaired_rows_entity_idx on towpath.repaired_rows (run_id, entity, legacy_id);

create table towpath.migration_errors (
  id bigint generated always as identity primary key,
  run_id text references towpath.migration_control,
  entity text,
  batch_id int,
  code text not null,
  severity text not null check (severity in ('critical', 'major', 'minor')),
  message text not null,
  details jsonb not null default '{}',
  attempt int,
  created_at timestamptz not null default clock_timestamp()
);
create index migration_errors_run_idx on towpath.migration_errors (run_id, id);

create table towpath.migration_validation_reports (
  id bigint generated always as identity primary key,
  run_id text not null references towpath.migration_control,
  type text not null,
  status text not null,
  report jsonb not null,
  created_at timestamptz not null default clock_timestamp()
);
create index migration_validation_reports_run_idx on towpath.migration_validation_reports (run_id, id);

create table towpath.approvals (
  id text primary key,
  action text not null,
  plan_hash text not null,
  approver text not null,
  reason text,
  max_rows bigint,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  used_at timestamptz,
  run_id text
);
create index approvals_plan_idx on towpath.approvals (plan_hash, action);

create table towpath.audit_log (
  seq bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null,
  action text not null,
  details jsonb not null,
  previous_hash text not null,
  hash text not null unique
);

create table towpath.artifacts (
  hash text primary key,
  kind text not null,
  content jsonb not null,
  parent_hash text,
  created_at timestamptz not null default clock_timestamp()
);
`;
