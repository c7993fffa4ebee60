/** The doctor says what is so: that all holds where it does, and what is missing where a fence was taken away. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { expect, test } from 'vitest';
import type { ContainerPlan } from '../../../sandbox/container/container.ts';
import { ownerLabels, thisOwner } from '../../../sandbox/container/owner.ts';
import { createDockerClients } from '../../../sandbox/daemon/docker-clients.ts';
import { proveByKernel } from '../../../sandbox/doctor/kernel-proofs.ts';
import { ensureImage } from '../../../sandbox/image/ensure-image.ts';
import { usualLimits } from '../../../sandbox/limits.ts';
import { describeWithDocker, ownContainers } from './with-docker.ts';

describeWithDocker('the doctor', () => {
  const clients = createDockerClients();
  const prove = async (
    changed: Partial<Docker.HostConfig>,
    others: Partial<Docker.ContainerCreateOptions> = {},
  ) => {
    const { id } = await ensureImage(clients.stream, null);
    const plan: ContainerPlan = {
      image: id,
      limits: usualLimits,
      program: '',
      flags: [],
      labels: ownerLabels(thisOwner()),
      change: (options) => ({ ...options, ...others, HostConfig: { ...options.HostConfig, ...changed } }),
    };
    const proofs = await proveByKernel(clients, plan);
    return proofs.filter(({ held }) => held !== true).map(({ name }) => name);
  };

  test('finds everything held', async () => {
    expect(await prove({})).toEqual([]);
    expect(await ownContainers()).toEqual([]);
  });

  const fences: [string, Partial<Docker.HostConfig>, string[]][] = [
    ['a writable place', { Tmpfs: { '/tmp': 'mode=1777' } }, ['files']],
    ['shared memory', { IpcMode: 'private' } as Partial<Docker.HostConfig>, ['files']],
    ['capabilities', { CapDrop: [] }, ['capabilities']],
    ['new privileges', { SecurityOpt: [] }, ['privileges']],
    [
      'every system call',
      { SecurityOpt: ['no-new-privileges:true', 'seccomp=unconfined'] },
      ['system-calls'],
    ],
    ['many files', { Ulimits: [] }, ['open-files']],
    ['many processes', { PidsLimit: 2000, Memory: 2 ** 31, MemorySwap: 2 ** 31 }, ['processes', 'memory']],
    ['a folder of the host', { Binds: ['/tmp:/host'] }, ['host-files', 'files']],
    ['processes of the host', { PidMode: 'host' }, ['host-processes']],
    ['the network of the host', { NetworkMode: 'host' }, ['network', 'host-ports']],
  ];
  test.each(fences)('sees %s', async (_, changed, names) => {
    const open = await prove(changed, { NetworkDisabled: false });
    for (const name of names) expect(open).toContain(name);
  });

  test('towpath sandbox doctor', async () => {
    const { code, text } = await towpath(['sandbox', 'doctor', '--json']);
    const told = JSON.parse(text);
    expect(told).toMatchObject({ status: 'success', ready: true, problem: null });
    expect(told.proofs.length).toBeGreaterThan(15);
    expect(code).toBe(0);
  });

  test('towpath sandbox doctor without Docker', async () => {
    const { code, text } = await towpath(['sandbox', 'doctor'], {
      DOCKER_HOST: 'unix:///nowhere/docker.sock',
    });
    expect(text).toMatch(/Docker does not answer at \/nowhere\/docker\.sock/);
    expect(text).toMatch(/Next: Install Docker/);
    expect(code).toBe(3);
  });
});

function towpath(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; text: string }> {
  const program = join(import.meta.dirname, '../../../cli/towpath.js');
  const child = spawn(process.execPath, [program, ...args], {
    cwd: import.meta.dirname,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, text })));
}
