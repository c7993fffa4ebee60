import { readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Free bytes where a server keeps its data; null unless that folder is on this machine. A tunnel or a container can
 * make another machine’s folder look local, so the folder must hold the pid file of a server on the same port.
 */
export function freeBytesOf(dataFolder: string | null, port: number): number | null {
  if (dataFolder === null) return null;
  try {
    const lines = readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n');
    if (lines[3]?.trim() !== String(port)) return null;
    const { bavail, bsize } = statfsSync(dataFolder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
