/** One process at a time, whatever happens to the other. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { createFileLease } from '../../workflows/file-lease.ts';
import { underLease } from '../../workflows/lease.ts';
import { temporaryFolder } from './guide-bench.ts';

const children: ChildProcess[] = [];
const folders: { remove(): void }[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) folder.remove();
});

function lockFile(): string {
  const folder = temporaryFolder();
  folders.push(folder);
  return join(folder.path, 'state', 'guide.lock');
}

/** A process that says what `take` gave it and stays. */
async function holder(path: string): Promise<{ child: ChildProcess; said: string }> {
  const lease = fileURLToPath(new URL('../../workflows/file-lease.ts', import.meta.url));
  const code = `const { createFileLease } = await import(${JSON.stringify(lease)});
    console.log(createFileLease(${JSON.stringify(path)}).take() === null ? 'taken' : 'mine');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code]);
  children.push(child);
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return { child, said: line.toString().trim() };
}

test('two processes never have it at once; a killed one gives it back', async () => {
  const path = lockFile();
  const first = await holder(path);
  expect(first.said).toBe('mine');
  expect((await holder(path)).said).toBe('taken');
  const lease = createFileLease(path);
  expect(lease.take()).toBeNull();
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  const release = lease.take();
  expect(release).not.toBeNull();
  expect((await holder(path)).said).toBe('taken');
  release?.();
});

test('of many processes that ask at the same moment one gets it', async () => {
  const path = lockFile();
  const said = await Promise.all(Array.from({ length: 4 }, () => holder(path).then(({ said }) => said)));
  expect(said.filter((word) => word === 'mine')).toHaveLength(1);
});

test('one process may take it several times and gives it back with the last', () => {
  const path = lockFile();
  const lease = createFileLease(path);
  const other = createFileLease(path);
  const [first, second] = [lease.take(), lease.take()];
  first?.();
  first?.(); // twice does not count twice
  expect(other.take()).toBeNull();
  second?.();
  const release = other.take();
  expect(release).not.toBeNull();
  release?.();
});

test('work waits for the lease, and gives up when it is cancelled', async () => {
  const path = lockFile();
  const [mine, other] = [createFileLease(path), createFileLease(path)];
  const release = other.take();
  const order: string[] = [];
  const signal = new AbortController().signal;
  const work = underLease({ lease: mine, signal }, async () => order.push('worked'));
  await sleep(300);
  order.push('released');
  release?.();
  await work;
  expect(order).toEqual(['released', 'worked']);

  const again = other.take();
  const cancel = new AbortController();
  const cancelled = underLease({ lease: mine, signal: cancel.signal }, async () => order.push('never'));
  cancel.abort();
  await expect(cancelled).rejects.toThrow(/abort/i);
  expect(order).not.toContain('never');
  again?.();
});
