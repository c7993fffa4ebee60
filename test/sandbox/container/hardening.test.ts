import { expect, test } from 'vitest';
import { containerOptions, nodeFlags } from '../../../sandbox/container/hardening.ts';
import { readHarness } from '../../../sandbox/harness/read-harness.ts';
import { usualLimits } from '../../../sandbox/limits.ts';

const options = containerOptions({
  image: 'image',
  limits: usualLimits,
  program: readHarness(),
  argument: '{}',
  flags: nodeFlags(usualLimits),
  labels: {},
});

test('nothing of the host is named', () => {
  for (const name of [
    'Binds',
    'Mounts',
    'Tmpfs',
    'Devices',
    'PortBindings',
    'VolumesFrom',
    'Volumes',
    'ExposedPorts',
    'CapAdd',
    'ExtraHosts',
    'Links',
    'PidMode',
    'UsernsMode',
  ])
    expect({ ...options, ...options.HostConfig }).not.toHaveProperty(name);
  expect(options.Env).toEqual(['TZ=UTC', 'LC_ALL=C']);
});

test('every fence is up', () => {
  expect(options).toMatchObject({ User: '65534:65534', NetworkDisabled: true, Tty: false, StdinOnce: true });
  expect(options.HostConfig).toMatchObject({
    NetworkMode: 'none',
    IpcMode: 'none',
    ReadonlyRootfs: true,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges:true'],
    Privileged: false,
    PidsLimit: 32,
    Memory: 256 * 2 ** 20,
    MemorySwap: 256 * 2 ** 20,
    NanoCpus: 1e9,
    LogConfig: { Type: 'none' },
    AutoRemove: false,
    Init: false,
  });
  expect(nodeFlags(usualLimits)).toEqual(
    expect.arrayContaining(['--permission', '--disallow-code-generation-from-strings']),
  );
  expect(nodeFlags(usualLimits).filter((flag) => flag.startsWith('--allow'))).toEqual([]);
});

test('the harness fits into one argument', () => {
  expect(Buffer.byteLength(readHarness())).toBeLessThan(100_000);
});
