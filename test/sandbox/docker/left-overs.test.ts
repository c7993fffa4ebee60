/** What a host that was killed leaves behind, and how long. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { reapContainers } from '../../../sandbox/container/reap.ts';
import { createDockerClients } from '../../../sandbox/daemon/docker-clients.ts';
import { createSandbox } from '../../../sandbox/index.ts';
import { describeWithDocker, ownContainers, unitOf, useSandbox } from './with-docker.ts';

const identity = unitOf('export default (row) => ({ b: row.a });');

/** Other suites start sandboxes meanwhile, which take left-overs away as well: nothing here counts on any being there. */
describeWithDocker('left-overs', () => {
  const living = useSandbox();

  const startOwner = async (how: string) => {
    const owner = spawn(process.execPath, [join(import.meta.dirname, 'owner-process.ts'), how], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true, // a group of its own, to be killed as one
    });
    await new Promise((resolve) => owner.stdout.once('data', resolve));
    return owner;
  };

  test.each([
    ['busy', 2], // one at work, one ahead
    ['idle', 2],
    ['deaf', 2],
    ['created', 1],
  ])('kill -9 while it is %s: its containers end, and are removed soon', async (how, containers) => {
    const owner = await startOwner(how);
    await until(async () => (await ownContainers(owner.pid)).length === containers);
    owner.kill('SIGKILL');
    await until(async () => (await ownContainers(owner.pid)).length === 0); // by its guard
  });

  test('kill -9 of its whole group: the guard is not part of it', async () => {
    const owner = await startOwner('deaf');
    await until(async () => (await ownContainers(owner.pid)).length === 2);
    process.kill(-(owner.pid ?? 0), 'SIGKILL');
    await until(async () => (await ownContainers(owner.pid)).length === 0);
  });

  test('kill -9 while it sends an image: none appears, and the next start is not held up', async () => {
    const owner = await startOwner('building');
    owner.kill('SIGKILL');
    const { ask } = createDockerClients();
    const label = [`towpath.sandbox.test=${owner.pid}`];
    await pause(1000);
    expect(await ask.listImages({ all: true, filters: { label } })).toEqual([]);
    const next = createSandbox({ ahead: false });
    const runner = await next.open(identity);
    expect(await runner.run([['x']])).toEqual([{ ok: true, cells: ['x'] }]);
    await next.close();
  });

  test('its guard killed too, and the harness in wrong hands: the next start removes what runs on', async () => {
    const owner = await startOwner('deaf');
    await until(async () => (await ownContainers(owner.pid)).length === 2);
    for (const child of childrenOf(owner.pid)) process.kill(child, 'SIGKILL');
    owner.kill('SIGKILL');
    const next = createSandbox();
    await next.warm();
    await until(async () => (await ownContainers(owner.pid)).length === 0); // another start may be at it
    await next.close();
  });

  test('without a guard as well: the containers end by themselves, and the next start removes them', async () => {
    const owner = await startOwner('busy');
    await until(async () => (await ownContainers(owner.pid)).length === 2);
    for (const child of childrenOf(owner.pid)) process.kill(child, 'SIGKILL');
    owner.kill('SIGKILL');
    // Whoever starts a sandbox beside this test removes them, too: so only that none runs is certain.
    await until(async () =>
      (await ownContainers(owner.pid)).every((container) => container.endsWith('exited')),
    );
    const next = createSandbox();
    await next.warm();
    await until(async () => (await ownContainers(owner.pid)).length === 0); // another start may be at it
    await next.close();
  });

  test('containers of a living process are left alone', async () => {
    const runner = await living.open(identity);
    const { ask } = createDockerClients();
    const before = await ownContainers();
    expect(before.length).toBeGreaterThan(0);
    await reapContainers(ask);
    expect(await runner.run([['x']])).toEqual([{ ok: true, cells: ['x'] }]);
    await living.close();
  });

  test('a container that hears nothing ends, even with its input open', async () => {
    const deaf = createSandbox({
      ahead: false,
      limits: { idleMilliseconds: 700, aliveMilliseconds: 60_000 },
    });
    const runner = await deaf.open(identity);
    expect(await runner.run([['x']])).toEqual([{ ok: true, cells: ['x'] }]);
    await until(async () => (await ownContainers()).length === 0);
    await expect(runner.run([['x']])).rejects.toMatchObject({ kind: 'stopped' });
    await deaf.close();
  });

  test('a container that is spoken to stays, and one ahead that died is replaced without a word', async () => {
    const spoken = createSandbox({ limits: { idleMilliseconds: 1500, aliveMilliseconds: 200 } });
    const runner = await spoken.open(identity);
    await pause(2500);
    expect(await runner.run([['x']])).toEqual([{ ok: true, cells: ['x'] }]);
    const { ask } = createDockerClients();
    const label = [`towpath.sandbox.process=${process.pid}`];
    for (const { Id } of await ask.listContainers({ filters: { label } })) await ask.getContainer(Id).kill();
    await expect(runner.run([['x']])).rejects.toMatchObject({ kind: 'stopped' });
    const again = await spoken.open(identity);
    expect(await again.run([['y']])).toEqual([{ ok: true, cells: ['y'] }]);
    await spoken.close();
    expect(await ownContainers()).toEqual([]);
  });

  test('a container that somebody removes in the middle is told as stopped', async () => {
    const sandbox = createSandbox({ ahead: false });
    const runner = await sandbox.open(unitOf('export default () => { for (;;); };'));
    const batch = runner.run([['x']]);
    batch.catch(() => {});
    const { ask } = createDockerClients();
    const label = [`towpath.sandbox.process=${process.pid}`];
    for (const { Id } of await ask.listContainers({ filters: { label } }))
      await ask.getContainer(Id).remove({ force: true });
    await expect(batch).rejects.toMatchObject({ kind: 'stopped', hint: expect.stringMatching(/again/) });
    await sandbox.close();
  });
});

function childrenOf(id: number | undefined): number[] {
  const children = readFileSync(`/proc/${id}/task/${id}/children`, 'utf8').trim();
  return children.split(' ').filter(Boolean).map(Number);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 600; round++) {
    if (await isSo()) return;
    await pause(100);
  }
  expect.fail('it did not come so far within a minute');
}
