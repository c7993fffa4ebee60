/**
 * Tables of the target that were there before: which of their rows are the same as old ones and keep their id, and what
 * the ones that a run changed were before, so that rollback gives them back.
 *
 * `kept_ids` is decided once an entity, before its first batch (`matched_at`), because references are computed from ids and
 * must not change while rows travel. `merged` of a pair says what happened to the row: null, it was inserted; nothing of a
 * row with a mark is ever deleted.
 *
 * Several old rows that are one record are decided and kept the same way: `same_as` is the old key of the one that is moved,
 * `new_id` its id, and their pairs are marked `duplicate`.
 */
export const existingTarget = `
alter table towpath.mapping_pairs add column merged text check (merged in ('kept', 'updated', 'duplicate'));
comment on column towpath.mapping_pairs.merged is 'Null: the run inserted the row. Else it was there before and was kept or updated, or is the duplicate of a row that was moved.';
alter table towpath.entities add column matched_at timestamptz;

create table towpath.kept_ids (
  entity_no smallint not null,
  legacy_id text collate "C" not null,
  new_id uuid,
  same_as text collate "C",
  primary key (entity_no, legacy_id)
);
comment on column towpath.kept_ids.new_id is 'Null: the row fits several, or fits one that an earlier row has taken.';
comment on column towpath.kept_ids.same_as is 'Old key of the row that is moved for this one; null where the target held the row before.';
alter table towpath.batch_processing_status add column rows_duplicate bigint not null default 0;
alter table towpath.entity_migration_status add column rows_duplicate bigint not null default 0;

create table towpath.before_images (
  run_id text not null references towpath.migration_control,
  entity text not null,
  batch_id int not null,
  new_id uuid not null,
  image jsonb not null,
  after text,
  primary key (run_id, entity, new_id)
);
comment on column towpath.before_images.image is 'Every column of the row as text, before the run changed it.';
comment on column towpath.before_images.after is 'Digest of the row as the run left it: a row that others changed since is not given back.';
create index before_images_batch_idx on towpath.before_images (batch_id);

create or replace view towpath.migration_mappings as
  select entities.entity, pairs.legacy_id, pairs.new_id, pairs.batch_id, batches.finished_at as created_at,
    entities.migration, pairs.merged
  from towpath.mapping_pairs as pairs
  join towpath.entities on entities.entity_no = pairs.entity_no
  left join towpath.batch_processing_status as batches on batches.batch_id = pairs.batch_id;
`;
