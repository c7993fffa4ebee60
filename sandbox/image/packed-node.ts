/**
 * The running Node as the file system of an image: node itself where the official images have it, and each shared object
 * at its own path. There is no shell in it, no package manager, no certificate: nothing but what node needs to start.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { NODE_PATH } from '../container/hardening.ts';
import type { TarContent, TarEntry } from './tar.ts';

/** Synchronous linking of modules, `linkRequests`, came with 24.8. */
export const neededNode: readonly [number, number] = [24, 8];

export function isNewEnough(version: string): boolean {
  const [, major = 0, minor = 0] = (/^v?(\d+)\.(\d+)\./.exec(version) ?? []).map(Number);
  return major > neededNode[0] || (major === neededNode[0] && minor >= neededNode[1]);
}

/** Null: it can be packed. Else why not, in words. */
export function whyNotPacked(
  platform: string = process.platform,
  version: string = process.version,
): string | null {
  if (platform !== 'linux') return `the Node of ${platform} does not run in a Linux container`;
  if (!isNewEnough(version)) return `Node ${version} is older than 24.8`;
  return null;
}

const FORMAT = 2;

/**
 * Changes when the Node that runs here does; costs one look at the file, not a reading of its 127 MB. The same Node in two
 * checkouts, or installed again, is the same: when it was written does not count.
 */
export async function nodeFingerprint(node = process.execPath): Promise<string> {
  const { size } = await stat(node);
  const facts = JSON.stringify([FORMAT, process.arch, size, process.versions]);
  return createHash('sha256').update(facts).digest('hex').slice(0, 16);
}

export async function nodeFiles(node = process.execPath): Promise<TarEntry[]> {
  const objects = await sharedObjects(node);
  const files = new Map([[NODE_PATH, node], ...objects.map((path): [string, string] => [path, path])]);
  const entries: TarEntry[] = [];
  const folders = new Set(['/']);
  const addFolders = (path: string) => {
    if (folders.has(path)) return;
    addFolders(dirname(path));
    folders.add(path);
    entries.push({ path, mode: 0o755, content: null });
  };
  for (const [path, from] of files) {
    addFolders(dirname(path));
    entries.push({ path, mode: 0o755, content: await fileContent(from) });
  }
  addFolders('/etc');
  entries.push({ path: '/etc/passwd', mode: 0o644, content: textContent('nobody:x:65534:65534::/:/\n') });
  entries.push({ path: '/etc/group', mode: 0o644, content: textContent('nogroup:x:65534:\n') });
  return entries;
}

/** As a clean child sees them: this process may have loaded add-ons. */
async function sharedObjects(node: string): Promise<string[]> {
  const program = 'console.log(JSON.stringify(process.report.getReport().sharedObjects))';
  const { stdout } = await promisify(execFile)(node, ['-e', program], { env: {}, timeout: 20_000 });
  const all: unknown = JSON.parse(stdout);
  const paths = Array.isArray(all) ? all.filter((path): path is string => typeof path === 'string') : [];
  return paths
    .filter((path) => path.startsWith('/') && path !== node && !path.includes('/node_modules/'))
    .sort();
}

/** Links are followed: the file lands under the name that the loader asks for. */
async function fileContent(path: string): Promise<TarContent> {
  const { size } = await stat(path);
  return { bytes: size, read: () => createReadStream(path, { highWaterMark: 1 << 20 }) };
}

function textContent(text: string): TarContent {
  return { bytes: text.length, read: () => [Buffer.from(text, 'latin1')] };
}
