/**
 * How errors on the way ended: what kind they were, what was done, and whether that helped. And one beginning a batch: two
 * processes that both believe that a run is theirs cannot plan the same rows twice, since the second one's range is refused.
 */
export const recoveries = `
alter table towpath.migration_errors
  add column step text,
  add column kind text,
  add column strategy text,
  add column outcome text check (outcome in ('recovered', 'gave-up'));
comment on column towpath.migration_errors.outcome is 'Null: not known, from before this version.';
comment on column towpath.migration_errors.attempt is 'Attempts it took, or that were made in vain.';
create unique index batch_processing_status_begin_idx
  on towpath.batch_processing_status (run_id, entity, md5(coalesce(lo::text, '')));
`;
