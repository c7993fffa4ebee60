/**
 * A model that writes code: wrong types first, then code that refuses some rows and quotes them, then code that fits. It hears
 * the compiler and the rows, proposes, and a person approves; no value of anybody's reaches it on the way.
 */
import { expect, onTestFinished, test } from 'vitest';
import { parsePlan } from '../../../engine/plan/plan-document.ts';
import { readTextFile } from '../../../engine/workspace/files.ts';
import { createChildRunners } from '../../engine/code/child-runners.ts';
import {
  type Decide,
  type OpenAiServer,
  type Reply,
  type SeenRequest,
  startOpenAiServer,
} from '../../helpers/openai-server/openai-server.ts';
import { createTestDatabase } from '../../helpers/test-database.ts';
import { filesOf, openProduct, type Product } from './product.ts';

/** Names that occur nowhere else; the last ones have no comma. */
const PEOPLE = [
  'Quillfeather, Odessa',
  'Brandywine, Thaddeus',
  'Umberlane, Philippa',
  'Zephyrine',
  'Oswaldine',
];
const VALUES = PEOPLE.flatMap((name) => name.split(', '));

const wrong = `export default function transform(row: Row): Result {
  const [last, first] = row.name.split(', ');
  return { first_name: first, last_name: last };
}
`;
/** Quotes the row in its message, as careless code does. */
const careless = `export default function transform(row: Row): Result {
  if (row.name === null) return { first_name: null, last_name: null };
  const [last, first] = row.name.split(', ');
  if (last === undefined || first === undefined) throw new Error('no comma in ' + row.name + ' of all names');
  return { first_name: first, last_name: last };
}
`;
const right = careless.replace(
  /if \(last === undefined[^\n]*/,
  'if (last === undefined || first === undefined) return { first_name: null, last_name: row.name };',
);
const nosy = `export default function transform(row: Row): Result {
  throw Object.assign(new Error(String(row.name).split('').join(' ')), { name: String(row.name) });
}
`;

const writes = [
  { column: 'first_name', type: 'text' },
  { column: 'last_name', type: 'text' },
];
const tried = (source: string): Reply => ({
  toolCalls: [
    {
      name: 'tryCode',
      arguments: { entity: 'readers', column: null, source, reads: ['name'], writes, sample: 20 },
    },
  ],
});

interface Answer {
  readonly words: string;
  readonly data: {
    readonly outcome?: string;
    readonly typeErrors?: readonly { readonly line: number; readonly message: string }[];
    readonly troubles?: readonly { readonly line: number; readonly code: string }[];
  } | null;
}

/** Decides from the newest answer alone, as a model would. */
const drafting: Decide = ({ toolResults, lastUserText }: SeenRequest): Reply => {
  const last = toolResults.at(-1);
  if (last === undefined) return tried(lastUserText.includes('spell') ? nosy : wrong);
  const { words, data } = JSON.parse(last.output) as Answer;
  if (last.name === 'setCode' || lastUserText.includes('spell')) return { text: words };
  if (data?.outcome === 'type-errors') {
    const about = data.typeErrors!.map(({ line, message }) => `${line} ${message}`).join('\n');
    return /^2 .*possibly 'null'/.test(about) && /^3 .*'string \| undefined'/m.test(about)
      ? tried(careless)
      : { text: `I do not understand: ${about}` };
  }
  if (data?.outcome === 'rows-refused') {
    const [trouble] = data.troubles!;
    return trouble?.line === 4 && trouble.code.includes('no comma in')
      ? tried(right)
      : { text: `I do not understand: ${JSON.stringify(trouble)}` };
  }
  if (data?.outcome !== 'passed') return { text: words };
  const reason = 'One old field holds two names.';
  return {
    toolCalls: [
      { name: 'setCode', arguments: { entity: 'readers', source: right, reads: ['name'], writes, reason } },
    ],
  };
};

async function open(api: string): Promise<{ product: Product; server: OpenAiServer }> {
  const source = await createTestDatabase('empty');
  const target = await createTestDatabase('supabase');
  await source.query('create table readers (id int primary key, name text, joined date)');
  for (const [i, name] of PEOPLE.entries())
    await source.query('insert into readers values ($1, $2, current_date)', [i + 1, name]);
  await source.query('analyze');
  const server = await startOpenAiServer({ script: drafting });
  const product = await openProduct({
    ...{ source, target, server, code: createChildRunners() },
    env: { TOWPATH_MODEL_API: api },
  });
  onTestFinished(async () => {
    await product.close();
    await server.close();
    await Promise.all([source.drop(), target.drop()]);
  });
  await product.journey.analyse();
  await product.journey.createPlan();
  return { product, server };
}

test.each(['responses', 'chat'])(
  'drafts, hears, corrects, proposes; a person approves, over %s',
  async (api) => {
    const { product, server } = await open(api);
    const { engine, journey, folder } = product;
    const planFile = () => readTextFile(`${folder}/towpath.plan.yaml`)!;
    const before = planFile();
    const card = await journey.requestApproval('migrate', 'planning');
    await engine.decideApproval(card.data.id, { decision: 'grant', by: 'Marta' });

    const turn = await product.say('The name of readers shall become two fields', 'data-mapping');

    expect(turn.problems).toEqual([]);
    expect(turn.calls.map(({ tool }) => tool)).toEqual(['tryCode', 'tryCode', 'tryCode', 'setCode']);
    expect(turn.text).toMatch(
      /first_name and last_name of readers are worked out together by code that reads name/,
    );
    expect(turn.text).toContain('1 approval of the plan as it was does not count any more');
    const plan = parsePlan(planFile());
    expect(plan.entities[0]!.code).toEqual([
      { reads: ['name'], writes: ['first_name', 'last_name'], source: right },
    ]);
    expect(planFile()).not.toBe(before);

    // what was approved was the plan before
    const outdated = await journey.requestApproval('migrate', 'planning');
    expect(outdated.data).toMatchObject({ state: 'requested' });
    expect(outdated.data.planHash).not.toBe(card.data.planHash);
    const decided = await engine.decideApproval(outdated.data.id, { decision: 'grant', by: 'Marta' });
    expect(decided).toMatchObject({ state: 'granted', decidedBy: 'Marta' });

    expect(server.violations).toEqual([]);
    const sent = server.requests.map(({ text }) => text).join('\n');
    expect(sent).toContain('Xxxxxxxxxxxx, Xxxxxx');
    const wrote = filesOf(folder).filter(({ path }) => !path.startsWith('reports'));
    for (const value of VALUES) {
      expect(sent).not.toContain(value);
      for (const { path, text } of wrote) expect(text.includes(value), path).toBe(false);
    }
  },
);

test('code that spells the row out in its message tells the model nothing, and the plan stays', async () => {
  const { product, server } = await open('responses');
  const before = readTextFile(`${product.folder}/towpath.plan.yaml`);
  const turn = await product.say('spell the names out', 'data-mapping');
  expect(turn.text).toContain('5 would be set aside');
  expect(turn.text).toContain('it throws an error of its own');
  const sent = server.requests.map(({ text }) => text).join('\n');
  for (const value of VALUES) {
    expect(sent).not.toContain(value);
    expect(sent).not.toContain(value.split('').join(' '));
  }
  expect(readTextFile(`${product.folder}/towpath.plan.yaml`)).toBe(before);
});
