/**
 * What every session is set to, so that a value has one text on all servers and nothing a server or a role defaults
 * to (a statement timeout of two minutes, a search path with somebody else's functions) reaches the work.
 * Asked through pg_settings, so that a setting an older server does not have is left out instead of failing.
 */

/** How long a statement waits for a lock before it fails with 55P03 and is tried again. */
const LOCK_TIMEOUT = '30s';

const everySession: Readonly<Record<string, string>> = {
  TimeZone: 'UTC',
  client_encoding: 'UTF8',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'postgres',
  extra_float_digits: '3',
  bytea_output: 'hex',
  standard_conforming_strings: 'on',
  statement_timeout: '0',
  transaction_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  idle_session_timeout: '0',
  lock_timeout: LOCK_TIMEOUT,
  // a policy that hides rows makes the query fail instead of finding fewer rows
  row_security: 'off',
  search_path: 'pg_catalog',
};

export interface SessionFacts {
  readonly versionNumber: number;
  readonly version: string;
  readonly product: string;
}

/** $1: names, $2: values. */
export function applySettingsSql(): string {
  return `select count(set_config(setting.name, wanted.value, false))::int as applied,
    current_setting('server_version_num')::int as "versionNumber",
    current_setting('server_version') as version,
    version() as product
  from unnest($1::text[], $2::text[]) as wanted(name, value)
  join pg_catalog.pg_settings as setting on lower(setting.name) = lower(wanted.name)`;
}

export function settingsFor(readOnly: boolean): [names: string[], values: string[]] {
  const wanted = readOnly ? { ...everySession, default_transaction_read_only: 'on' } : everySession;
  return [Object.keys(wanted), Object.values(wanted)];
}

/** Asked in a transaction of its own, after the settings. */
export function readOnlyStateSql(): string {
  return `select current_setting('transaction_read_only') = 'on' as held`;
}

/** Command-line options at startup: read-only from the first byte on, where no pooler stands in between. */
export const READ_ONLY_OPTION = '-c default_transaction_read_only=on';
