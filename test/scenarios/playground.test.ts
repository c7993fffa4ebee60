/** `npm run dev` really comes up: the Mastra CLI, its bundler, the sample, and everything registered. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileCache } from '../helpers/compile-cache.ts';

const program = fileURLToPath(new URL('../../playground/start.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'towpath-playground-'));
chmodSync(folder, 0o755); // its PostgreSQL runs under another account where the tests run as root
let port = 0;
let said = '';
let server: ChildProcess;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: free } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return free;
}

async function get(path: string): Promise<Record<string, unknown>> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/${path}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Record<string, unknown>;
}

beforeAll(async () => {
  port = await freePort();
  const { PATH = '', HOME = '' } = process.env;
  server = spawn(process.execPath, [program], {
    cwd: folder,
    env: { PATH, HOME, ...compileCache(), PORT: String(port) },
  });
  for (const stream of [server.stdout, server.stderr])
    stream?.on('data', (part) => {
      said += String(part);
    });
  for (let seconds = 0; seconds < 150; seconds++) {
    if (server.exitCode !== null) throw new Error(`it ended: ${said}`);
    if (
      await fetch(`http://127.0.0.1:${port}/api/agents`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await sleep(1000);
  }
  throw new Error(`it did not come up: ${said}`);
}, 180_000);
afterAll(async () => {
  if (server.exitCode === null) {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

test('all seven agents, their tools and the workflows are there', async () => {
  expect(Object.keys(await get('agents')).sort()).toEqual([
    'data-mapping',
    'migration-execution',
    'orchestrator',
    'planning',
    'schema-analysis',
    'user-guidance',
    'validation',
  ]);
  expect(Object.keys(await get('tools'))).toContain('startMigration');
  expect(Object.keys(await get('workflows')).sort()).toEqual([
    'differentialSync',
    'guidedMigration',
    'rehearsal',
    'rollback',
    'schemaCleanup',
  ]);
});

test('the orchestrator answers', async () => {
  const answer = await fetch(`http://127.0.0.1:${port}/api/agents/orchestrator/generate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messages: 'hello', memory: { thread: 'one', resource: 'test' } }),
  });
  expect(((await answer.json()) as { text: string }).text).toContain('offline guide (no AI model)');
});

test('a tool that would write, called past the agents, asks a person and does nothing', async () => {
  const answer = await fetch(`http://127.0.0.1:${port}/api/tools/startMigration/execute`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ data: {} }),
  });
  const { status } = (await answer.json()) as { status: string };
  expect(['needs-approval', 'refused']).toContain(status);
});

test('no other machine reaches it', async () => {
  const others = Object.values(networkInterfaces())
    .flat()
    .filter((address) => address !== undefined && address.family === 'IPv4' && !address.internal);
  for (const { address } of others as { address: string }[]) {
    await expect(fetch(`http://${address}:${port}/api/agents`)).rejects.toThrow();
  }
});
