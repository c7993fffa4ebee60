/** Every tool stands behind the gate, has a line in the table, and answers an envelope whatever happens. */
import { Agent } from '@mastra/core/agent';
import { isValidationError, type Tool } from '@mastra/core/tools';
import { describe, expect, test } from 'vitest';
import type { Journey } from '../../engine/index.ts';
import { MigrationError } from '../../engine/index.ts';
import { agentIds, permissions, type ToolName } from '../../tools/permissions.ts';
import { createTools, toolsFor } from '../../tools/tools.ts';
import { createFakeGuide, createFakeJourney } from '../helpers/fake-journey.ts';
import { createScriptedModel, type SeenRequest } from '../helpers/scripted-model.ts';
import { emptyTransform as transform } from './empty-transform.ts';
import { createMemoryLog } from './memory-log.ts';

const names = Object.keys(permissions) as ToolName[];

/** An input that each tool takes. */
const inputs: Partial<Record<ToolName, unknown>> = {
  analyzeSource: { again: false },
  listTables: { search: null },
  describeTable: { table: 'patients' },
  describeColumn: { table: 'patients', column: 'name' },
  readMapping: { entity: 'patients' },
  draftDdl: { entities: [] },
  runStatus: { runId: null },
  listCauses: { runId: null, entity: null },
  tryFix: { cards: [], suggested: true },
  retryQuarantine: { cards: [], suggested: true },
  listFindings: { runId: null },
  explainRow: { entity: 'patients', id: '7' },
  readReport: { runId: null },
  recentEvents: { limit: 5 },
  explainTerm: { term: 'Quarantine?' },
  tryCode: { entity: 'patients', column: 'name', source: null, reads: null, writes: null, sample: 5 },
  continueJourney: { answer: 'yes', cardId: null },
  createPlan: { again: false },
  excludeEntity: { entity: 'patients', reason: 'not needed' },
  setEntity: { entity: 'patients', dedupe: null, financial: true, maxFailureRate: null },
  setFilter: { entity: 'patients', where: null },
  setColumn: {
    entity: 'patients',
    column: 'name',
    transforms: [transform({ kind: 'trim' })],
    reason: 'spaces',
  },
  setCode: {
    entity: 'patients',
    source: 'export default function transform() {}',
    reads: ['name'],
    writes: [{ column: 'first_name', type: 'text' }],
    reason: 'two fields',
  },
  renameColumn: { entity: 'patients', column: 'name', to: 'full_name' },
  leaveOutColumn: { entity: 'patients', column: 'name', reason: 'not needed' },
  setMisfitPolicy: { entity: 'patients', column: 'name', onMisfit: 'null' },
  setMissingPolicy: { entity: 'patients', column: 'name', onMissing: 'null' },
  reviewSuggestion: { entity: 'patients', column: 'name', decision: 'accept' },
  answerQuestion: { number: 1, choice: 'a' },
  requestApproval: { action: 'migrate' },
  cleanUp: { olderThanDays: 30 },
  rollbackPart: { entities: ['patients'], level: null },
  previewRollbackPart: { entities: [], level: 2 },
  listAudit: { runId: null, limit: 5 },
};

function make(over: Partial<Journey> = {}) {
  const { journey, calls } = createFakeJourney(over);
  const { log, lines } = createMemoryLog();
  return { tools: createTools({ journey, guide: createFakeGuide().guide, log }), calls, lines };
}

// biome-ignore lint/suspicious/noExplicitAny: a tool is called here as Mastra calls it, with contexts of many forms
const call = (tool: Tool, input: unknown, context: any = {}) => tool.execute!(input, context) as Promise<any>;
const asAgent = (agentId: string) => ({ agent: { agentId, toolCallId: 'c', messages: [] } });

describe('the permission table', () => {
  test('has a line for every tool and a tool for every line', () => {
    const { tools } = make();
    expect(Object.keys(tools).sort()).toEqual([...names].sort());
    for (const name of names) {
      expect(tools[name].id).toBe(name);
      expect(tools[name].description.length).toBeGreaterThan(40);
      expect(permissions[name].agents.length).toBeGreaterThan(0);
    }
  });

  test('holds nothing that could decide an approval', () => {
    const { tools } = make();
    expect(names.filter((name) => /approve|decide|grant|sign/i.test(name))).toEqual([]);
    const shapes = JSON.stringify(Object.values(tools).map(({ inputSchema }) => shapeOf(inputSchema)));
    expect(shapes).not.toMatch(/"(approver|decision_by|granted|approvalId|by)"/);
  });

  test('an approval is needed for everything that destroys', () => {
    const free = names.filter(
      (name) => permissions[name].permission === 'destroy' && !('approval' in permissions[name]),
    );
    expect(free).toEqual([]);
  });

  test('an agent is handed exactly its tools', () => {
    const { tools } = make();
    for (const agent of agentIds) {
      const expected = names.filter((name) => permissions[name].agents.some((id) => id === agent));
      expect(Object.keys(toolsFor(tools, agent))).toEqual(expected);
    }
  });
});

describe('calls', () => {
  test.each(names)('%s answers an envelope of its shape', async (name) => {
    const { tools } = make();
    const answer = await call(tools[name], inputs[name] ?? {}, asAgent(permissions[name].agents[0] ?? ''));
    expect(isValidationError(answer)).toBe(false);
    expect(answer.error).toBeNull();
    expect(answer.words.length).toBeGreaterThan(3);
    const { approval } = permissions[name] as { approval?: string };
    if (approval !== undefined || name === 'requestApproval') {
      expect(answer).toMatchObject({ status: 'needs-approval', approval: { id: 'a-1' } });
      expect(answer.words).toContain('Nothing has been done yet');
    }
  });

  test.each(names)('%s is refused to agents that do not hold it', async (name) => {
    const { tools, calls, lines } = make();
    for (const agent of [...agentIds, 'admin', '', 'Orchestrator']) {
      if (permissions[name].agents.some((id) => id === agent)) continue;
      const answer = await call(tools[name], inputs[name] ?? {}, asAgent(agent));
      expect(answer).toMatchObject({ status: 'refused', error: { code: 'TOOL_NOT_PERMITTED' } });
    }
    expect(calls).toEqual([]);
    expect(new Set(lines.map(({ action }) => action))).toEqual(new Set(['tool.refused']));
  });

  test('a part that names nothing is not the whole', async () => {
    const { tools, calls } = make();
    for (const tool of [tools.rollbackPart, tools.previewRollbackPart]) {
      const answer = await call(tool, { entities: [], level: null });
      expect(answer).toMatchObject({ status: 'refused', error: { code: 'INPUT_INVALID' } });
      expect(answer.words).toContain('name kinds of records, or a level');
    }
    expect(calls).toEqual([]);
  });

  test('an agent that does not say which is not nobody', async () => {
    const { tools, calls } = make();
    const answer = await call(tools.pauseMigration, {}, { agent: { toolCallId: 'c', messages: [] } });
    expect(answer).toMatchObject({ status: 'refused', error: { code: 'TOOL_NOT_PERMITTED' } });
    expect(calls).toEqual([]);
  });

  test('without an agent a call goes on, to its own approval check', async () => {
    const { tools, calls, lines } = make();
    expect((await call(tools.listTables, { search: null })).status).toBe('done');
    expect((await call(tools.rollbackRun, {})).status).toBe('needs-approval');
    expect(calls).toContainEqual(['rollback', ['no agent']]);
    expect(lines.map(({ details }) => details)).toMatchObject([
      { tool: 'listTables', agent: 'no agent', permission: 'read', outcome: 'done' },
      { tool: 'rollbackRun', agent: 'no agent', permission: 'destroy', outcome: 'needs-approval' },
    ]);
  });

  test('are logged without what was said in them', async () => {
    const { tools, lines } = make();
    await call(tools.explainRow, { entity: 'patients', id: 'jane-doe-4711' }, asAgent('validation'));
    await call(tools.explainRow, { entity: 'patients', id: 4711 }, asAgent('validation'));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ action: 'tool.called', component: 'agents' });
    expect(Object.keys(lines[0]!.details).sort()).toEqual(
      ['agent', 'code', 'milliseconds', 'outcome', 'permission', 'tool'].sort(),
    );
    expect(JSON.stringify(lines)).not.toContain('4711');
  });
});

describe('what goes wrong', () => {
  const explode = (error: unknown): Partial<Journey> => ({ plan: () => Promise.reject(error) });
  const read = (over: Partial<Journey>) => call(make(over).tools.readPlan, {}, asAgent('planning'));

  test('an error of the engine is told with its hint', async () => {
    const error = new MigrationError({
      code: 'NO_PLAN',
      message: 'There is no plan yet.',
      hint: 'Make one.',
    });
    expect(await read(explode(error))).toEqual({
      status: 'refused',
      words: 'There is no plan yet. Make one.',
      data: null,
      choices: [],
      approval: null,
      error: {
        code: 'NO_PLAN',
        message: 'There is no plan yet.',
        hint: 'Make one.',
        help: 'docs/recovery.md#no_plan',
      },
    });
  });

  test('any other error shows none of its text', async () => {
    const { tools, lines } = make(explode(new Error('password authentication failed for jane@example.com')));
    const answer = await call(tools.readPlan, {}, asAgent('planning'));
    expect(answer).toMatchObject({ status: 'refused', error: { code: 'INTERNAL' } });
    expect(JSON.stringify([answer, lines])).not.toMatch(/password|jane/);
    expect(lines.map(({ action }) => action)).toEqual(['tool.failed', 'tool.called']);
  });

  test('facts that do not have the promised shape are not passed on', async () => {
    const wrong = () => Promise.resolve({ words: 'fine', data: { hash: 7 }, choices: [] });
    expect(await read({ plan: wrong as unknown as Journey['plan'] })).toMatchObject({
      status: 'refused',
      data: null,
      error: { code: 'INTERNAL' },
    });
  });

  test('fields beyond the shape are dropped', async () => {
    const { journey } = createFakeJourney();
    const more = async () => {
      const told = await journey.plan();
      return { ...told, data: { ...told.data, password: 'secret-value' } };
    };
    expect(JSON.stringify(await read({ plan: more }))).not.toContain('secret-value');
  });

  test('an input that does not fit is refused by place, not by value', async () => {
    const { tools, calls } = make();
    for (const input of [{}, { table: 4711 }, { table: 'x', column: 'y', also: '4711' }, 'hello', [], null]) {
      const answer = await call(tools.describeTable, input, asAgent('planning'));
      expect(answer).toMatchObject({ status: 'refused', error: { code: 'INPUT_INVALID' } });
      expect(JSON.stringify(answer)).not.toContain('4711');
    }
    expect(calls).toEqual([]);
  });

  test('resuming a call does not step around the shape of its input', async () => {
    const { tools, calls } = make();
    const context = { agent: { ...asAgent('migration-execution').agent, resumeData: { approved: true } } };
    expect(await call(tools.cleanUp, { olderThanDays: -1 }, context)).toMatchObject({
      error: { code: 'INPUT_INVALID' },
    });
    expect(calls).toEqual([]);
  });
});

test('a shape for strict mode: everything required, nothing else allowed, no unions or records', () => {
  const { tools } = make();
  for (const tool of Object.values(tools)) {
    const shape = shapeOf(tool.inputSchema) as Record<string, unknown>;
    expect(shape.type).toBe('object');
    checkStrict(shape, tool.id);
  }
});

function checkStrict(node: unknown, at: string): void {
  if (Array.isArray(node)) for (const item of node) checkStrict(item, at);
  if (node === null || typeof node !== 'object' || Array.isArray(node)) return;
  const { type, properties, required, additionalProperties, ...rest } = node as Record<string, unknown>;
  for (const word of [
    'oneOf',
    'allOf',
    'not',
    'default',
    'propertyNames',
    'minLength',
    'maxLength',
    'const',
  ]) {
    expect(Object.keys(rest), `${at} uses ${word}`).not.toContain(word);
  }
  if (type === 'object') {
    expect(additionalProperties, `${at} allows more`).toBe(false);
    expect([...((required as string[]) ?? [])].sort()).toEqual(Object.keys(properties as object).sort());
  }
  for (const [key, item] of Object.entries({ ...(properties as object), ...rest }))
    checkStrict(item, `${at}.${key}`);
}

function shapeOf(schema: unknown): unknown {
  const standard = (schema as { '~standard': { jsonSchema: { input(o: { target: string }): unknown } } })[
    '~standard'
  ];
  return standard.jsonSchema.input({ target: 'draft-07' });
}

test('through an agent the model sees the envelope, also for a wrong input', async () => {
  const { tools } = make();
  const seen: SeenRequest[] = [];
  const agent = new Agent({
    id: 'planning',
    name: 'Planning',
    instructions: 'x',
    model: createScriptedModel(
      [
        { tool: 'describeTable', input: { table: 7 } },
        { tool: 'readPlan', input: {} },
      ],
      seen,
    ),
    tools: toolsFor(tools, 'planning'),
  });
  const result = await agent.generate('go', { maxSteps: 4 });
  const results = result.steps.flatMap((step) => step.toolResults.map(({ payload }) => payload.result));
  expect(results).toMatchObject([
    { status: 'refused', error: { code: 'INPUT_INVALID' } },
    { status: 'done' },
  ]);
  expect(seen[0]?.tools?.map(({ name }) => name)).toEqual(Object.keys(toolsFor(tools, 'planning')));
});
