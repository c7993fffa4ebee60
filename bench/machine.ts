import { arch, cpus, platform, totalmem } from 'node:os';
import type { Workplace } from './workplace.ts';

/** Enough to compare runs, nothing that names the machine. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
  readonly server: string;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly peers: Readonly<Record<string, string | null>>;
}

export function describeMachine({ source, settings, programs }: Workplace): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    node: process.versions.node,
    server: `PostgreSQL ${source.version}`,
    settings,
    peers: programs,
  };
}
