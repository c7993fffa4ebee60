/**
 * The container as Docker is asked for it. Plain data, so that it can be read beside docs/sandbox.md, which says for each
 * line what it stops and how that was shown; `towpath sandbox doctor` proves it on the machine at hand.
 *
 * There is no bind, no mount, no tmpfs, no device, no port: nothing of the host is named here at all.
 */
import type Docker from 'dockerode';
import type { Limits } from '../limits.ts';

/** The user “nobody” of most systems; owns nothing. */
const NOBODY = '65534:65534';
export const NODE_PATH = '/usr/local/bin/node';

export function nodeFlags(limits: Limits): string[] {
  return [
    '--permission', // no files, processes, workers, addons, WASI, inspector from JavaScript; a second fence, not the first
    '--experimental-vm-modules',
    '--disallow-code-generation-from-strings', // no eval and no Function constructor, in any realm
    '--disable-proto=delete',
    '--no-addons',
    '--disable-sigusr1',
    '--no-warnings',
    '--unhandled-rejections=none', // the code's own lost promises are nobody's business
    `--max-old-space-size=${limits.heapMegabytes}`,
    '--max-semi-space-size=16',
    '--stack-size=900',
  ];
}

export interface ContainerWish {
  readonly image: string;
  readonly limits: Limits;
  /** What node runs, and with what argument. */
  readonly program: string;
  readonly argument: string;
  readonly flags: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** For tests: takes a fence away, to see that its absence is seen. */
  readonly change?: (options: Docker.ContainerCreateOptions) => Docker.ContainerCreateOptions;
}

export function containerOptions(wish: ContainerWish): Docker.ContainerCreateOptions {
  return {
    Image: wish.image,
    Labels: { ...wish.labels },
    Entrypoint: [NODE_PATH],
    Cmd: [...wish.flags, '-e', wish.program, wish.argument],
    User: NOBODY,
    WorkingDir: '/',
    Hostname: 'sandbox',
    Env: ['TZ=UTC', 'LC_ALL=C'], // nothing of the host; whatever the image says, answers do not depend on it
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    OpenStdin: true,
    StdinOnce: true, // our end of stdin closed: node reads the end of it, and ends
    Tty: false,
    NetworkDisabled: true,
    StopSignal: 'SIGKILL',
    StopTimeout: 1,
    Healthcheck: { Test: ['NONE'] },
    HostConfig: hostConfig(wish.limits),
  };
}

export function hostConfig(limits: Limits): Docker.HostConfig {
  const memory = limits.memoryMegabytes * 2 ** 20;
  return {
    NetworkMode: 'none', // a loopback of its own, nothing else
    IpcMode: 'none', // else /dev/shm is a writable place
    ReadonlyRootfs: true,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges:true'], // Docker's own seccomp and AppArmor profiles stay on
    Privileged: false,
    PidsLimit: limits.processes,
    Memory: memory,
    MemorySwap: memory, // the same figure: no swap
    NanoCpus: Math.round(limits.processors * 1e9),
    Ulimits: [
      { Name: 'nofile', Soft: limits.openFiles, Hard: limits.openFiles },
      { Name: 'fsize', Soft: limits.fileBytes, Hard: limits.fileBytes },
      { Name: 'core', Soft: 0, Hard: 0 },
    ],
    LogConfig: { Type: 'none', Config: {} }, // else output floods the host's disk
    Init: false, // node as process 1 cannot be stopped or killed from inside
    AutoRemove: false, // how it ended is read first, then it is removed
    RestartPolicy: { Name: 'no' },
  };
}
