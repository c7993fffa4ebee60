/** How an embedded server is set up: sensible on two cores and a small machine, overridden by the caller. */
import { existsSync, statfsSync } from 'node:fs';

export type ServerSettings = Readonly<Record<string, string | number | boolean>>;

/** Nothing of the caller's environment (which may hold secrets) reaches the server. */
export const serverEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

const defaults: ServerSettings = {
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  maintenance_work_mem: '128MB',
  max_connections: 100,
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_checkpoints: false,
};

/** Parallel workers share memory through /dev/shm, which containers often limit to 64 MB; files do instead. */
function sharedMemorySettings(): ServerSettings {
  if (!existsSync('/dev/shm')) return {};
  const { bavail, bsize } = statfsSync('/dev/shm');
  return bavail * bsize < 512 * 1024 * 1024 ? { dynamic_shared_memory_type: 'mmap' } : {};
}

/** The text of a configuration file. */
export function renderSettings(overrides: ServerSettings): string {
  const all = { ...defaults, ...sharedMemorySettings(), ...overrides };
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${renderValue(value)}`);
  return `${lines.join('\n')}\n`;
}

function renderValue(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}
