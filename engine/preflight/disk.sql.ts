/** `data_directory` is shown to superusers and pg_read_all_settings only; others get null. */
export function targetDiskSql(): string {
  return `
    select pg_database_size(current_database())::float8 as "databaseBytes",
           pg_size_bytes(current_setting('max_wal_size'))::float8 as "maxWalBytes",
           (current_setting('archive_mode') <> 'off' or exists (select 1 from pg_replication_slots)) as "walIsHeld",
           (select setting from pg_settings where name = 'data_directory') as "dataFolder",
           current_setting('port')::int as port`;
}
