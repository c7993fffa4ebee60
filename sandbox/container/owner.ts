/**
 * Whose a container is. A process is named by the system it runs on, its number and the moment it started, so that a
 * number that was given out again is not taken for the old owner.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

export interface Owner {
  /** Of the running system: host name, boot and process namespace, hashed. */
  readonly system: string;
  readonly process: number;
  /** In the kernel's own unit; empty where it does not tell. */
  readonly started: string;
}

export const sandboxLabel = 'towpath.sandbox';
const labels = {
  system: 'towpath.sandbox.system',
  process: 'towpath.sandbox.process',
  started: 'towpath.sandbox.started',
};

export function thisOwner(): Owner {
  return { system: thisSystem(), process: process.pid, started: startOf(process.pid) ?? '' };
}

export function ownerLabels(owner: Owner): Record<string, string> {
  return {
    [sandboxLabel]: '1',
    [labels.system]: owner.system,
    [labels.process]: String(owner.process),
    [labels.started]: owner.started,
  };
}

/** Null: the owner lives on another system, so nobody here can tell. */
export function isOwnerAlive(labelled: Readonly<Record<string, string>>): boolean | null {
  if (labelled[labels.system] !== thisSystem()) return null;
  const id = Number(labelled[labels.process]);
  if (!Number.isSafeInteger(id) || id <= 0) return false;
  const started = startOf(id);
  if (started !== null) return started === labelled[labels.started];
  return labelled[labels.started] === '' && answersSignals(id);
}

function thisSystem(): string {
  const parts = [
    hostname(),
    attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
    attempt(() => readlinkSync('/proc/self/ns/pid')),
  ];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}

/** Field 22 of /proc/<id>/stat; the second one may hold spaces and brackets. Null: no such process, or no /proc. */
function startOf(id: number): string | null {
  const stat = attempt(() => readFileSync(`/proc/${id}/stat`, 'utf8'));
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return stat === '' || state === 'Z' ? null : (fields[18] ?? null);
}

function answersSignals(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
