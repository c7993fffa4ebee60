/** Statements that install the control schema. */

/** One lock for all processes that install at once; the number is this schema's own. */
export const INSTALL_LOCK = '7061741000000001';

export const installedVersionsSql = `select version, checksum from towpath.control_versions order by version`;

export const versionTableExistsSql = `select to_regclass('towpath.control_versions') is not null as present`;

export const waitForInstallSql = 'select pg_advisory_xact_lock($1::bigint)';

export const createSchemaSql = `
create schema if not exists towpath;
revoke all on schema towpath from public;
create table if not exists towpath.control_versions (
  version int primary key,
  name text not null,
  checksum text not null,
  applied_at timestamptz not null default clock_timestamp()
)`;

export const enterVersionSql =
  'insert into towpath.control_versions (version, name, checksum) values ($1, $2, $3)';
