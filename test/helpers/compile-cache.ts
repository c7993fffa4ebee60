/**
 * One folder for a whole `vitest run` in which Node keeps what it compiled (globalSetup): the suites start the command line
 * hundreds of times, and more than half of a start is reading TypeScript.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function setup(): () => void {
  if (process.env.NODE_COMPILE_CACHE) return () => {};
  const folder = mkdtempSync(join(tmpdir(), 'towpath-compiled-'));
  // servers and their guards may run under another account
  chmodSync(folder, 0o755);
  process.env.NODE_COMPILE_CACHE = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** For the environment of a process that gets none of this one's. */
export function compileCache(): Readonly<Record<string, string>> {
  const { NODE_COMPILE_CACHE: folder } = process.env;
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}
