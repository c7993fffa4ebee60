/** Files of the built page: what is kept for good, what is packed, what is not there. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ServerEnv } from '../../../server/server-env.ts';
import { openPageFiles } from '../../../server/static/page-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'towpath-page-'));
const script = 'export const words = "a page";\n'.repeat(200);
const app = new Hono<ServerEnv>();
beforeAll(() => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Towpath</title>');
  writeFileSync(join(folder, 'assets', 'index-AbCd_123.js'), script);
  writeFileSync(join(folder, 'assets', 'font-AbCd_123.woff2'), script);
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  app.get('*', openPageFiles(folder).answer);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what has a hash in its name is kept for good, everything else is asked for again', async () => {
  const kept = (await app.request('/assets/index-AbCd_123.js')).headers;
  expect(kept.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(kept.get('content-type')).toMatch(/javascript/);
  for (const path of ['/', '/icon.svg', '/sample/plan'])
    expect((await app.request(path)).headers.get('cache-control')).toBe('no-cache');
});

test('who has it is told so', async () => {
  const tag = (await app.request('/')).headers.get('etag')!;
  const again = await app.request('/', { headers: { 'if-none-match': tag } });
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect((await app.request('/', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
});

test('text travels packed to whoever can unpack it', async () => {
  const get = async (accepted: string, path = '/assets/index-AbCd_123.js') => {
    const answer = await app.request(path, { headers: { 'accept-encoding': accepted } });
    return {
      packing: answer.headers.get('content-encoding'),
      bytes: Buffer.from(await answer.arrayBuffer()),
    };
  };
  const br = await get('gzip, deflate, br, zstd');
  expect(br.packing).toBe('br');
  expect(brotliDecompressSync(br.bytes).toString()).toBe(script);
  const gzip = await get('gzip;q=1.0');
  expect(gunzipSync(gzip.bytes).toString()).toBe(script);
  expect((await get('identity')).bytes.toString()).toBe(script);
  expect((await get('br', '/assets/font-AbCd_123.woff2')).packing).toBeNull();
});

test('screens get the page, addresses that no screen has get it as not found, missing files get nothing', async () => {
  const page = '<!doctype html><title>Towpath</title>';
  const status = async (path: string) => {
    const answer = await app.request(path);
    return [answer.status, (await answer.text()) === page];
  };
  for (const path of ['/', '/help', '/own', '/sample/plan/public.orders', '/index.html']) {
    expect(await status(path), path).toEqual([200, true]);
  }
  for (const path of ['/etc/passwd', '/owner', '/package.json'])
    expect(await status(path), path).toEqual([404, true]);
  for (const path of ['/assets/index-Gone_123.js', '/assets', '/api/v1/nothing'])
    expect(await status(path), path).toEqual([404, false]);
});

test('a page that nobody built is told as such', () => {
  expect(() => openPageFiles(join(folder, 'assets'))).toThrow(
    expect.objectContaining({ code: 'PAGE_NOT_BUILT' }),
  );
});
