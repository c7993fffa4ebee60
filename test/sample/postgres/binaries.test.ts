import { chmodSync, cpSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { findServerAccount } from '../../../sample/postgres/account.ts';
import { installedFolder, prepareBinaries } from '../../../sample/postgres/binaries.ts';

const account = findServerAccount();
const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(mode: number): string {
  const path = mkdtempSync(join(tmpdir(), 'towpath-binaries-'));
  chmodSync(path, mode);
  made.push(path);
  return path;
}

function copyOfPackage(into: string): string {
  cpSync(installedFolder(), join(into, 'native'), { recursive: true, verbatimSymlinks: true });
  return join(into, 'native');
}

/** What npm ci --ignore-scripts leaves: no links between the libraries. */
function withoutLinks(native: string): string {
  const lib = join(native, 'lib');
  for (const name of readdirSync(lib)) {
    if (lstatSync(join(lib, name)).isSymbolicLink()) rmSync(join(lib, name));
  }
  return native;
}

test('programs that are not there are an error with a way out', () => {
  const nowhere = join(folder(0o755), 'nowhere');
  expect(() => prepareBinaries(account, folder(0o711), nowhere)).toThrow(
    expect.objectContaining({ code: 'BINARIES_MISSING', hint: expect.stringContaining('npm ci') }),
  );
});

test('library links that npm was told not to make are made in a copy', () => {
  const home = folder(0o711);
  const binaries = prepareBinaries(account, home, withoutLinks(copyOfPackage(folder(0o755))));
  expect(binaries.postgres.startsWith(home)).toBe(true);
  expect(binaries.version).toMatch(/^18\./);
});

test('programs within reach are used where they are', () => {
  const native = copyOfPackage(folder(0o755));
  expect(prepareBinaries(account, folder(0o711), native).postgres).toBe(join(native, 'bin', 'postgres'));
});

test.runIf(account !== null)(
  'programs below a private folder are copied to where the account can run them',
  () => {
    const home = folder(0o711);
    const binaries = prepareBinaries(account, home, copyOfPackage(folder(0o700)));
    expect(binaries.postgres.startsWith(home)).toBe(true);
  },
);
