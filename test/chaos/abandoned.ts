/**
 * What a chaos that was killed left behind: folders that carry the number of its process, some with a disk mounted on them. Its servers
 * end with it (sample/postgres/guard). The next one clears them away, so that many runs do not fill the machine.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from '../../sample/postgres/processes.ts';

const PREFIX = 'towpath-chaos-';

/** A folder of this process. */
export function makeOwnFolder(what: string): string {
  return mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-${what}-`));
}

export function sweepAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    const folder = join(tmpdir(), name);
    try {
      execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' });
    } catch {
      // most of them are no disks
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
