/** What is there: Docker, the kernel's ways to bound things, the image, the compiler. */
import type Docker from 'dockerode';
import { findCompiler } from '../check/find-compiler.ts';
import type { SandboxImage } from '../image/ensure-image.ts';
import type { Fact } from './diagnosis.ts';

interface Info {
  readonly CgroupVersion?: string;
  readonly CgroupDriver?: string;
  readonly SecurityOptions?: readonly string[];
  readonly MemoryLimit?: boolean;
  readonly PidsLimit?: boolean;
  readonly SwapLimit?: boolean;
  readonly CpuCfsQuota?: boolean;
  readonly OperatingSystem?: string;
  readonly KernelVersion?: string;
  readonly Architecture?: string;
}

export async function readFacts(docker: Docker): Promise<{ facts: Fact[]; remarks: string[] }> {
  const [version, info] = await Promise.all([docker.version(), docker.info() as Promise<Info>]);
  const security = (info.SecurityOptions ?? []).map(
    (option) => option.replace(/^name=/, '').split(',')[0] ?? '',
  );
  const facts = [
    { name: 'Docker Engine', value: `${version.Version}, API ${version.ApiVersion}` },
    {
      name: 'system',
      value: [info.OperatingSystem, info.KernelVersion, info.Architecture].filter(Boolean).join(', '),
    },
    {
      name: 'cgroup',
      value: `version ${info.CgroupVersion ?? '1'}, ${info.CgroupDriver ?? 'unknown'} driver`,
    },
    { name: 'security', value: security.filter(Boolean).join(', ') || 'none named' },
    { name: 'Node', value: process.versions.node },
    { name: 'compiler', value: compilerFact() },
  ];
  return { facts, remarks: remarksOf(info, security) };
}

export function imageFact({ name, id, origin }: SandboxImage): Fact {
  const from = {
    named: 'named in the settings',
    official: 'from a registry',
    packed: 'the Node that runs here, packed',
  };
  return { name: 'image', value: `${name} (${from[origin]}), ${id.replace('sha256:', '').slice(0, 12)}` };
}

function remarksOf(info: Info, security: readonly string[]): string[] {
  const remarks: string[] = [];
  const missing = [
    info.MemoryLimit === false ? 'memory' : '',
    info.SwapLimit === false ? 'swap' : '',
    info.PidsLimit === false ? 'processes' : '',
    info.CpuCfsQuota === false ? 'processor time' : '',
  ].filter(Boolean);
  if (missing.length > 0) remarks.push(`The kernel bounds no ${missing.join(', no ')} here.`);
  if (!security.includes('seccomp')) remarks.push('Docker filters no system calls here.');
  if (!security.includes('apparmor') && !security.includes('selinux'))
    remarks.push('Neither AppArmor nor SELinux is on: one fence less around a container, the others stand.');
  if (!security.includes('rootless') && !security.includes('userns'))
    remarks.push(
      'The daemon runs as root without a user namespace, as is usual; rootless Docker would be one fence more.',
    );
  if (info.CgroupVersion === '2')
    remarks.push(
      'With cgroup 2 Docker does not always tell that memory ran out; it is then told as “stopped from outside”.',
    );
  return remarks;
}

function compilerFact(): string {
  try {
    findCompiler();
    return 'TypeScript, native';
  } catch {
    return 'missing: code cannot be type-checked (npm ci with optional dependencies brings it)';
  }
}
