/** Programs of others that the bench compares with. Looked for, never installed. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from './chromium.ts';

export type Program = 'psql' | 'pgcopydb' | 'postgresql-15' | 'chromium';

const wanted: Readonly<Record<Program, { readonly look: () => string | null; readonly install: string }>> = {
  psql: { look: () => versionOf('psql', ['--version']), install: 'apt-get install postgresql-client-15' },
  pgcopydb: { look: () => versionOf('pgcopydb', ['--version']), install: 'apt-get install pgcopydb' },
  'postgresql-15': {
    look: () =>
      existsSync(`${SERVER_15}/postgres`) ? versionOf(`${SERVER_15}/postgres`, ['--version']) : null,
    install: 'apt-get install postgresql-15',
  },
  chromium: {
    look: () => {
      const program = findChromium();
      return program === null ? null : versionOf(program, ['--version']);
    },
    install: 'apt-get install chromium',
  },
};

/** pgcopydb 0.10, which Debian has, handles servers up to 15. */
export const SERVER_15 = '/usr/lib/postgresql/15/bin';

export type Programs = Readonly<Record<Program, string | null>>;

/** Versions; null where a program is not there. */
export function findPrograms(): Programs {
  const names = Object.keys(wanted) as Program[];
  return Object.fromEntries(names.map((name) => [name, wanted[name].look()])) as Programs;
}

/** What is missing and how to get it (Debian), or null. */
export function missingPrograms(needs: readonly Program[], programs: Programs): string | null {
  const missing = needs.filter((name) => programs[name] === null);
  if (missing.length === 0) return null;
  return `${missing.join(' and ')} not found; on Debian: ${missing.map((name) => wanted[name].install).join('; ')}`;
}

function versionOf(program: string, args: readonly string[]): string | null {
  try {
    const said = execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    return /\d+(\.\d+)+/.exec(said)?.[0] ?? said.trim().split('\n')[0] ?? 'unknown';
  } catch {
    return null;
  }
}
