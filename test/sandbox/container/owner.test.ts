import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { isOwnerAlive, ownerLabels, thisOwner } from '../../../sandbox/container/owner.ts';

test('this process is alive, by its number and its start', () => {
  expect(isOwnerAlive(ownerLabels(thisOwner()))).toBe(true);
});

test('a number that was given out again is not the old owner', () => {
  const labels = ownerLabels({ ...thisOwner(), started: '1' });
  expect(isOwnerAlive(labels)).toBe(false);
});

test('a process that ended is not alive', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  const labels = ownerLabels({ ...thisOwner(), process: child.pid ?? 0, started: '1' });
  await once(child, 'exit');
  expect(isOwnerAlive(labels)).toBe(false);
  expect(isOwnerAlive({ ...labels, 'towpath.sandbox.process': 'x' })).toBe(false);
});

test('of another system nobody here can tell', () => {
  expect(isOwnerAlive(ownerLabels({ ...thisOwner(), system: 'elsewhere' }))).toBeNull();
});
