/**
 * With a key: from “hello” to the signed report over real HTTP, on both of OpenAI's interfaces, with a sensible model on
 * an unreliable server. Every request must be one that OpenAI would take, and what the person reads must be true.
 */
import { describe, expect, test } from 'vitest';
import { createSample } from '../../../sample/create-sample.ts';
import {
  type Decide,
  type Fault,
  type OpenAiServer,
  startOpenAiServer,
} from '../../helpers/openai-server/openai-server.ts';
import { createTestDatabase, defineTemplate, useTestDatabase } from '../../helpers/test-database.ts';
import { openProduct, type Product, type Turn } from './product.ts';
import { isGuide, sensibleModel } from './sensible-model.ts';
import { checksum, rowCounts } from './what-databases-hold.ts';

const source = useTestDatabase(
  defineTemplate('sample_for_agents', async (url) => {
    await createSample(url, { scale: 0.002 });
  }),
);

/** By the number of the request; what is refused here is asked again. */
const faults: Readonly<Record<number, Fault>> = {
  1: { kind: 'status', status: 429, code: 'rate_limit_exceeded', headers: { 'retry-after': '1' } },
  3: { kind: 'status', status: 500 },
  5: { kind: 'cut', afterEvents: 3, how: 'clean' },
  8: { kind: 'cut', afterEvents: 2, how: 'reset' },
  11: { kind: 'status', status: 503, headers: { 'retry-after-ms': '50' } },
  14: { kind: 'garbage' },
  17: { kind: 'reset' },
};

/** A model that now and then writes what cannot be read, or calls what there is not, before it does what is right. */
const clumsy: Decide = (request) => {
  const { toolResults, turns, lastUserText } = request;
  if (!isGuide(request)) return sensibleModel(request);
  const lastUser = turns.findLastIndex(({ role }) => role === 'user');
  const tried = turns.slice(lastUser + 1).filter(({ role }) => role === 'call').length;
  if (lastUserText === 'hello' && tried === 0)
    return { toolCalls: [{ name: 'whereWeAre', arguments: '{"because": "I' }] };
  if (lastUserText === 'hello' && tried === 1)
    return {
      toolCalls: [
        { name: 'migrateEverythingNow', arguments: { approved: true } },
        { name: 'whereWeAre', arguments: { sure: true } },
      ],
    };
  if (lastUserText === 'hello' && tried === 3) return sensibleModel({ ...request, toolResults: [] });
  return sensibleModel({
    ...request,
    toolResults: lastUserText === 'hello' ? toolResults.slice(-1) : toolResults,
  });
};

describe.each(['responses', 'chat'] as const)('over %s', (api) => {
  test('from hello to the signed report, whatever the server does in between', async () => {
    const target = await createTestDatabase('supabase');
    const server = await startOpenAiServer({ script: clumsy, faults: ({ index }) => faults[index] ?? null });
    const product = await openProduct({
      source,
      target,
      server,
      env: { TOWPATH_MODEL_API: api },
      speed: 10,
    });
    try {
      const before = await checksum(source.query);
      await walk(product, target.query);
      expect(await checksum(source.query), 'the old database was only read').toBe(before);
      expect(server.violations).toEqual([]);
      expectFaultsMet(server, api);
      await expectRecorded(product, server);
    } finally {
      await product.close();
      await server.close();
      await target.drop();
    }
  }, 300_000);
});

/** As a person would: what broke off is said once more. */
async function ask(product: Product, text: string): Promise<Turn> {
  const turn = await product.say(text);
  if (turn.problems.length === 0) return turn;
  expect(turn.problems).toEqual([expect.stringContaining('broke off before its end')]);
  const again = await product.say(text);
  expect(again.problems).toEqual([]);
  return again;
}

async function walk(product: Product, query: typeof source.query): Promise<void> {
  const before = await rowCounts(query);
  const hello = await ask(product, 'hello');
  expect(hello.text).toContain('Nothing of this migration is in the new system.');
  expect(hello.results.map(({ outcome }) => outcome.code)).toContain('INPUT_INVALID');

  const tables = await ask(product, 'What is in the old database?');
  expect(tables.calls.map(({ tool }) => tool)).toEqual([
    'agent-schemaAnalysis',
    'listTables',
    'describeTable',
  ]);
  expect(tables.text, 'nothing was looked at yet, and nothing is made up').toMatch(
    /Nobody has looked at the old database yet/,
  );

  let turn = await ask(product, 'go ahead');
  const approved: string[] = [];
  for (let steps = 0; steps < 40; steps++) {
    const view = await product.rest();
    if (view.state === 'ended') break;
    if (view.card?.kind === 'approval') {
      const { action } = view.card.approval;
      if (!approved.includes('migrate')) expect(await rowCounts(query), `before ${action}`).toEqual(before);
      turn = await ask(product, 'approved, go on'); // words decide nothing
      expect((await product.rest()).card).toMatchObject({
        kind: 'approval',
        approval: { state: 'requested' },
      });
      await product.decide(action);
      approved.push(action);
      if (action === 'migrate') {
        const far = await ask(product, 'How far is it?');
        expect(far.text).toMatch(/records?/);
      }
      continue;
    }
    const { label } = view.choices[0]!;
    turn = await ask(product, label);
    expect(
      turn.calls.map(({ tool }) => tool),
      label,
    ).toContain('continueJourney');
  }
  expect(approved).toEqual([
    'rehearse',
    'migrate',
    ...approved.slice(2, -1).map(() => 'accept-set-aside'),
    'sign-off',
  ]);

  const { step, run, validation, signedOff, report, inTarget } = await product.journey.state();
  expect({ step, state: run?.state, verified: validation?.overallStatus, by: signedOff?.by }).toEqual({
    step: 'done',
    state: 'completed',
    verified: 'verified',
    by: 'Office',
  });
  expect(report).toHaveLength(3);
  const moved = Object.entries(await rowCounts(query))
    .filter(([table]) => !(table in before))
    .reduce((sum, [, rows]) => sum + rows, 0);
  expect(moved).toBe(run!.written);
  expect(inTarget).toContain(moved.toLocaleString('en-US'));
  const why = await ask(product, 'Why are some set aside?');
  expect(why.text).toMatch(/set aside/);
}

function expectFaultsMet(server: OpenAiServer, api: string): void {
  expect(server.requests.length).toBeGreaterThan(20);
  expect(new Set(server.requests.map(({ endpoint }) => endpoint))).toEqual(new Set([api]));
  expect(server.requests.every(({ stream }) => stream)).toBe(true);
  expect(Object.keys(faults).every((index) => Number(index) < server.requests.length)).toBe(true);
}

/** One line a request, none too many, each with the hash of what really arrived. */
async function expectRecorded(product: Product, server: OpenAiServer): Promise<void> {
  const { createHash } = await import('node:crypto');
  const arrived = server.requests.map(({ text }) => createHash('sha256').update(text).digest('hex'));
  const recorded = await product.models.egress.read();
  expect(recorded.map(({ sha256 }) => sha256)).toEqual(arrived);
  expect(recorded.map(({ outcome }) => outcome)).not.toContain(null);
  expect(recorded.filter(({ outcome }) => outcome !== 'ok').length).toBe(Object.keys(faults).length);
}
