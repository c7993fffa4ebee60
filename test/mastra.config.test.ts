/** The instance that everything stands on: what is registered, where conversations go, what of them reaches the log. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { MastraCompositeStore } from '@mastra/core/storage';
import { InMemoryStore } from '@mastra/core/storage';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../engine/core/config.ts';
import { createMastra, openStorage } from '../mastra.config.ts';
import { agentIds, permissions } from '../tools/permissions.ts';
import { createFakeJourney } from './helpers/fake-journey.ts';
import { createScriptedModel, type SeenRequest, type Turn } from './helpers/scripted-model.ts';
import { useTestDatabase } from './helpers/test-database.ts';
import { createMemoryLog } from './tools/memory-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'towpath-mastra-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function make(storage: MastraCompositeStore, turns: readonly Turn[] = []) {
  const { journey } = createFakeJourney();
  const { log, lines } = createMemoryLog();
  const seen: SeenRequest[] = [];
  const models = { forAgent: (id: string) => createScriptedModel(id === 'orchestrator' ? turns : [], seen) };
  return { ...createMastra({ journey, models, log, storage, stateFolder: folder }), lines, seen };
}

const conversation = { memory: { thread: 'talk', resource: 'ann' } };

test('agents, tools and workflows stand under the names that others use', async () => {
  const { mastra, guide, close } = make(new InMemoryStore());
  expect(Object.keys(mastra.listAgents()).sort()).toEqual(
    [
      'dataMapping',
      'migrationExecution',
      'orchestrator',
      'planning',
      'schemaAnalysis',
      'userGuidance',
      'validation',
    ].sort(),
  );
  expect(
    Object.values(mastra.listAgents())
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...agentIds].sort());
  expect(Object.keys(mastra.listTools() ?? {}).sort()).toEqual(Object.keys(permissions).sort());
  expect(Object.keys(mastra.listWorkflows()).sort()).toEqual(
    ['differentialSync', 'guidedMigration', 'rehearsal', 'rollback', 'schemaCleanup'].sort(),
  );
  expect(await guide.current()).toMatchObject({ state: 'not-begun' });
  await close();
});

test('what was said in a conversation stays out of the log', async () => {
  const { mastra, lines, close } = make(new InMemoryStore(), [
    { tool: 'whereWeAre', input: { unasked: 'jane-4711' } },
    { tool: 'nonsense', input: { also: 'jane-4711' } },
    'Jane-4711 is fine.',
  ]);
  await mastra.getAgent('orchestrator').generate('Where is jane-4711?', conversation);
  await close();
  expect(lines.map(({ action }) => action)).toContain('tool.called');
  expect(JSON.stringify(lines)).not.toMatch(/jane-4711/i);
});

describe('a file', () => {
  const file = join(folder, 'state', 'mastra.db');

  test('is its owner’s alone, and the conversation goes on in another process’s instance', async () => {
    const first = make(openStorage({ storage: null }, file), ['Hello Ann.']);
    await first.mastra.getAgent('orchestrator').generate('I am Ann', conversation);
    await first.close();
    expect(statSync(file).mode & 0o077).toBe(0);
    const second = make(openStorage({ storage: null }, file), ['You are Ann.']);
    await second.mastra.getAgent('orchestrator').generate('Who am I?', conversation);
    await second.close();
    expect(JSON.stringify(second.seen[0]?.prompt)).toContain('I am Ann');
  });
});

test('what agents did is kept, also where Mastra is shut down by somebody else', async () => {
  const file = join(folder, 'spans', 'mastra.db');
  const { mastra } = make(openStorage({ storage: null }, file), [{ tool: 'whereWeAre', input: {} }, 'Here.']);
  await mastra.getAgent('orchestrator').generate('where are we?', conversation);
  await mastra.shutdown();
  const database = new DatabaseSync(file, { readOnly: true });
  const spans = database.prepare('select name from mastra_ai_spans').all();
  database.close();
  expect(spans.map(({ name }) => name)).toContain("tool: 'whereWeAre'");
});

describe('a PostgreSQL database', () => {
  const database = useTestDatabase('empty');

  test('gets one schema of its own and nothing outside of it', async () => {
    const { storage } = loadConfig({ TOWPATH_STORAGE_URL: database.url });
    const first = make(openStorage({ storage }, 'unused'), ['Hello Ann.']);
    await first.mastra.getAgent('orchestrator').generate('I am Ann', conversation);
    await first.close();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ schema: string }>(
      `select distinct table_schema as schema from information_schema.tables
       where table_schema not in ('pg_catalog', 'information_schema')`,
    );
    await client.end();
    expect(rows).toEqual([{ schema: 'mastra' }]);
    const second = make(openStorage({ storage }, 'unused'), ['You are Ann.']);
    await second.mastra.getAgent('orchestrator').generate('Who am I?', conversation);
    await second.close();
    expect(JSON.stringify(second.seen[0]?.prompt)).toContain('I am Ann');
  });
});
