/** $1: pattern of names. A rehearsal may have left its schema, its entries, or both. */
export const scratchNamesSql = `select nspname::text as name from pg_namespace where nspname like $1
  union select migration from towpath.migration_control where migration like $1
  union select migration from towpath.entities where migration like $1`;

/** $1: migration */
export const partitionsOfMigrationSql = `select 'mapping_pairs_' || entity_no as name from towpath.entities where migration = $1`;

const runs = '(select run_id from towpath.migration_control where migration = $1)';

/** In the order that references between the tables ask for. Approvals and the audit log keep their entries. $1: migration */
export const deleteRunsOfMigrationSql: readonly string[] = [
  ...[
    'run_transactions',
    'left_rows',
    'sequence_images',
    'repaired_rows',
    'retried_rows',
    'quarantined_rows',
    'migration_errors',
    'migration_checkpoints',
    'migration_validation_reports',
    'batch_processing_status',
    'entity_migration_status',
  ].map((table) => `delete from towpath.${table} where run_id in ${runs}`),
  'delete from towpath.artifacts where hash in (select plan_hash from towpath.migration_control where migration = $1)',
  'delete from towpath.migration_control where migration = $1',
  'delete from towpath.kept_ids where entity_no in (select entity_no from towpath.entities where migration = $1)',
  'delete from towpath.entities where migration = $1',
];
