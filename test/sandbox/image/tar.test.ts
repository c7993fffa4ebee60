import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { isNewEnough, whyNotPacked } from '../../../sandbox/image/packed-node.ts';
import { type TarEntry, writeTar } from '../../../sandbox/image/tar.ts';

async function archive(entries: readonly TarEntry[]): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of writeTar(entries)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const file = (path: string, text: string): TarEntry => ({
  path,
  mode: 0o644,
  content: { bytes: Buffer.byteLength(text), read: () => [Buffer.from(text)] },
});

test('tar itself reads it', async () => {
  const long = `/${'folder/'.repeat(18)}${'n'.repeat(90)}`;
  const bytes = await archive([
    { path: '/etc', mode: 0o755, content: null },
    file('/etc/passwd', 'nobody\n'),
    file('/empty', ''),
    file('/block', 'x'.repeat(512)),
    file(long, 'deep'),
  ]);
  const listed = execFileSync('tar', ['-tvf', '-'], { input: bytes, encoding: 'utf8' }).trim().split('\n');
  expect(listed.map((line) => line.split(/\s+/).at(-1))).toEqual([
    'etc/',
    'etc/passwd',
    'empty',
    'block',
    long.slice(1),
  ]);
  expect(listed[0]).toMatch(/^drwxr-xr-x (root\/root|0\/0) +0 /);
  expect(listed[1]).toMatch(/^-rw-r--r-- (root\/root|0\/0) +7 /);
  expect(execFileSync('tar', ['-xOf', '-', long.slice(1)], { input: bytes, encoding: 'utf8' })).toBe('deep');
});

test('the same files make the same archive', async () => {
  expect(await archive([file('/a', 'a')])).toEqual(await archive([file('/a', 'a')]));
});

test('a file that changes while it is read is an error, and so is a name that does not fit', async () => {
  await expect(
    archive([{ path: '/a', mode: 0, content: { bytes: 3, read: () => [Buffer.from('ab')] } }]),
  ).rejects.toThrow(/changed/);
  await expect(archive([file(`/${'x'.repeat(101)}`, '')])).rejects.toThrow(/too long/);
  await expect(archive([file('/é', '')])).rejects.toThrow(/cannot be named/);
});

test('only a Linux Node that is new enough is packed', () => {
  expect(whyNotPacked('linux', 'v24.8.0')).toBeNull();
  expect(whyNotPacked('darwin', 'v24.8.0')).toMatch(/darwin/);
  expect(whyNotPacked('linux', 'v24.7.9')).toMatch(/older/);
  expect(['v24.10.0', 'v25.0.0', '24.8.1'].every(isNewEnough)).toBe(true);
  expect(['v22.18.0', 'v24.0.0', '', 'x'].some(isNewEnough)).toBe(false);
});
