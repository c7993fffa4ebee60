/**
 * PostgreSQL servers that this machine has besides the embedded one, for tests across versions:
 *
 *     describe.each(installedPostgres())('PostgreSQL $major', ({ programs }) => {
 *       … startPostgres({ programs, settings: { fsync: false } }) …
 *
 * Empty where only npm's is there; Debian's package postgresql-15 adds one.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const base = '/usr/lib/postgresql';

export function installedPostgres(): { major: number; programs: string }[] {
  if (!existsSync(base)) return [];
  return readdirSync(base)
    .map((name) => ({ major: Number(name), programs: join(base, name, 'bin') }))
    .filter(({ programs }) => existsSync(join(programs, 'postgres')));
}
