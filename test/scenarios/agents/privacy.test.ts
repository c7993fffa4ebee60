/**
 * A complete journey over a database full of people's values, with a model that calls every reading tool on everything:
 * none of the values leaves, and none lies in what the product writes down about the conversation.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AgentId } from '../../../tools/permissions.ts';
import { createChildRunners } from '../../engine/code/child-runners.ts';
import { type OpenAiServer, startOpenAiServer } from '../../helpers/openai-server/openai-server.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { createNosyModel, EVERYTHING, leakyCode, readingTools } from './nosy-model.ts';
import { foundIn, makeClinic, planted } from './private-clinic.ts';
import { openProduct, type Product } from './product.ts';

const source = useTestDatabase();
const target = useTestDatabase('supabase');
let server: OpenAiServer;
let product: Product;
/** Tool → outcomes that it had. */
const heard = new Map<string, Set<string>>();
const problems: string[] = [];
const titles: string[] = [];

const NOSY: readonly AgentId[] = [
  'schema-analysis',
  'planning',
  'data-mapping',
  'migration-execution',
  'validation',
  'user-guidance',
];

beforeAll(async () => {
  await makeClinic(source);
  server = await startOpenAiServer({
    script: createNosyModel(['1', '2', '3', '5', '6', '7', '91', 'clerk1']),
  });
  product = await openProduct({
    source,
    target,
    server,
    code: createChildRunners(),
    env: { TOWPATH_MODEL_MAX_TOKENS: '900000000', TOWPATH_MODEL_MAX_REQUESTS: '5000' },
  });
  await travel();
}, 600_000);
afterAll(async () => {
  await product?.close();
  await server?.close();
});

async function say(text: string, agent: AgentId = 'orchestrator'): Promise<void> {
  const turn = await product.say(text, agent);
  problems.push(...turn.problems);
  for (const { tool, outcome } of turn.results) {
    heard.set(tool, (heard.get(tool) ?? new Set()).add(outcome.code ?? outcome.status));
  }
}

async function lookAround(): Promise<void> {
  for (const agent of NOSY) await say(EVERYTHING, agent);
}

const calls = (...list: readonly (readonly [string, object])[]) =>
  JSON.stringify(list.map(([name, given]) => ({ name, arguments: given })));

const noField = {
  value: null,
  choices: null,
  unknown: null,
  trueWords: null,
  falseWords: null,
  zone: null,
  unit: null,
  scale: null,
  placeholderDomain: null,
  unique: null,
  entity: null,
  onMissing: null,
  typeColumn: null,
  entities: null,
  columns: null,
};

/** From hello to the signature, with a look at everything wherever the journey waits. */
async function travel(): Promise<void> {
  await lookAround();
  await say('hello');
  await say('go ahead');
  let tampered = false;
  let changed = 0;
  for (let steps = 0; steps < 40; steps++) {
    const { state, card, choices } = await product.rest();
    await lookAround();
    if (state === 'ended') return;
    titles.push(card === null || card.kind === 'approval' ? '' : `${card.title}: ${card.text}`);
    if (card?.kind === 'approval') {
      await product.decide(card.approval.action);
      continue;
    }
    if (card?.step === 'plan' && changed === 0) {
      changed += 1;
      await say(
        calls(
          [
            'setColumn',
            {
              entity: 'people',
              column: 'member_code',
              reason: 'one form',
              transforms: [
                { kind: 'trim', ...noField },
                { kind: 'lower', ...noField },
              ],
            },
          ],
          [
            'setColumn',
            {
              entity: 'people',
              column: 'alias',
              reason: 'no blanks at the end',
              transforms: [{ kind: 'trim', ...noField }],
            },
          ],
          ['renameColumn', { entity: 'people', column: 'alias', to: 'other_name' }],
          ['renameColumn', { entity: 'people', column: 'other_name', to: 'alias' }],
          ['tryCode', leakyCode],
          ['setFilter', { entity: 'people', where: 'alias::int > 5 or alias is null' }],
        ),
        'data-mapping',
      );
    } else if (card?.kind === 'problem' && changed === 1) {
      changed += 1;
      await say(calls(['setFilter', { entity: 'people', where: null }]), 'data-mapping');
    } else if (card?.title.startsWith('A check did not pass') && !tampered) {
      tampered = true;
      await target.query(`update staff set title = $1 where legacy_id = $2`, [
        planted.changedInTarget,
        planted.staffKey,
      ]);
    } else if (card?.title === 'Old and new differ') {
      await target.query(`update staff set title = 'boss' where legacy_id = $1`, [planted.staffKey]);
    }
    await say(choices[0]!.label);
  }
  throw new Error('The journey did not come to its end.');
}

test('the journey was complete, and every reading tool answered', async () => {
  expect(server.violations).toEqual([]);
  expect(problems).toEqual([]);
  expect(await product.journey.state()).toMatchObject({ step: 'done', run: { state: 'completed' } });
  const silent = readingTools.filter((tool) => !heard.get(tool)?.has('done'));
  expect(silent).toEqual([]);
});

test('the values were in the way: set aside, refused by the target, differing, in an error', async () => {
  const rows = JSON.stringify(await product.engine.quarantine({}));
  for (const name of ['quarantinedName', 'duplicateCode', 'orphanNote'] as const)
    expect(rows.toLowerCase(), name).toContain(planted[name].toLowerCase());
  expect(rows).toContain('23505');
  expect(rows).toContain('23514');
  expect(titles.join('\n')).toContain('The filter of people cannot be worked out');
  expect(titles.join('\n')).toContain('Old and new differ');
  const catalog = JSON.stringify(await product.engine.analyze());
  for (const name of ['birthDateYoung', 'salary', 'keeper', 'defaultValue', 'checkExpression'] as const)
    expect(catalog, name).toContain(planted[name]);
});

test('none of them is in any request', () => {
  const found = server.requests.flatMap(({ index, text, body }) =>
    [...new Set([...foundIn(text), ...foundIn(JSON.stringify(body))])].map(
      (what) => `request ${index}: ${what}`,
    ),
  );
  expect([...new Set(found.map((line) => line.replace(/^request \d+: /, '')))]).toEqual([]);
});

test('none of them is in the record, the logs, or the storage of conversations', async () => {
  const utf8 = (text: string) => Buffer.from(text, 'latin1').toString('utf8');
  const files = product.files().filter(({ path }) => /egress\.jsonl|mastra\.db|^logs\//.test(path));
  expect(files.map(({ path }) => path).join()).toMatch(/egress\.jsonl.*mastra\.db.*logs/);
  const found = files.flatMap(({ path, text }) => foundIn(utf8(text)).map((what) => `${path}: ${what}`));
  expect(found).toEqual([]);
}, 240_000);

test('nor in the report, apart from what a rule of the old database says itself', () => {
  const reports = product.files().filter(({ path }) => path.startsWith('reports/'));
  expect(reports).toHaveLength(3);
  const found = reports.flatMap(({ path, text }) => foundIn(text).map((what) => `${path}: ${what}`));
  expect(found.filter((what) => !what.includes('checkExpression'))).toEqual([]);
});

test('the record has one line for each request, with the hash of what was sent', async () => {
  const arrived = server.requests.map(({ text }) => createHash('sha256').update(text).digest('hex'));
  const recorded = await product.models.egress.read();
  expect(recorded.map(({ sha256 }) => sha256)).toEqual(arrived);
  expect(recorded.map(({ bytes }) => bytes)).toEqual(
    server.requests.map(({ text }) => Buffer.byteLength(text)),
  );
  expect(recorded.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
});
