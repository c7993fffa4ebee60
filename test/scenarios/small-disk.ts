/** A tablespace on a disk of a few megabytes, where this process may mount one (root, Linux). */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findServerAccount } from '../../sample/postgres/account.ts';

const RESIZE_ATTEMPTS = 50;

export interface SmallDisk {
  readonly folder: string;
  resize(megabytes: number): void;
  /** Leaves this many megabytes free. */
  leaveFree(megabytes: number): void;
  remove(): void;
}

/** Null where mounting is not allowed. `makeFolder`: where it is mounted. */
export function mountSmallDisk(
  megabytes: number,
  makeFolder = () => mkdtempSync(join(tmpdir(), 'towpath-disk-')),
): SmallDisk | null {
  const account = findServerAccountOrNull();
  if (account === null) return null;
  const mountPoint = makeFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', mountPoint], {
      stdio: 'ignore',
    });
  } catch {
    rmSync(mountPoint, { recursive: true });
    return null;
  }
  const folder = join(mountPoint, 'space');
  mkdirSync(folder);
  chmodSync(mountPoint, 0o755);
  chownSync(folder, account.uid, account.gid);
  const resizeTo = (size: string) =>
    void execFileSync('mount', ['-o', `remount,size=${size}`, mountPoint], { stdio: 'ignore' });
  return {
    folder,
    resize: (size) => resizeTo(`${size}m`),
    leaveFree(free) {
      for (let attempt = 1; ; attempt++) {
        const { bsize, blocks, bfree } = statfsSync(mountPoint);
        try {
          // A size of nothing would be no limit at all, which could not be taken back.
          return resizeTo(`${Math.max(bsize, bsize * (blocks - bfree) + free * 2 ** 20)}`);
        } catch (error) {
          // A disk is not made smaller than what is on it, and a server that writes at this moment makes that more.
          if (attempt === RESIZE_ATTEMPTS) throw error;
        }
      }
    },
    remove() {
      execFileSync('umount', ['--lazy', mountPoint], { stdio: 'ignore' });
      rmSync(mountPoint, { recursive: true });
    },
  };
}

function findServerAccountOrNull() {
  try {
    return findServerAccount();
  } catch {
    return null;
  }
}
