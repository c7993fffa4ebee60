/** Code tried on rows of a real database: what it says of them, and what it never says. */
import { describe, expect, test } from 'vitest';
import type { CodeTrial, ShownValues } from '../../../../engine/contract/code-trial.ts';
import type { PlanColumn, PlanFile } from '../../../../engine/plan/plan-file.ts';
import { createChildRunners, failure } from '../../code/child-runners.ts';
import { openShop, SPLIT, withCode } from '../../code/coded-shop.ts';

const code = { kind: 'code' } as const;
const names: readonly Pick<PlanColumn, 'to' | 'type' | 'transform'>[] = [
  { to: 'first_name', type: 'text', transform: code },
  { to: 'last_name', type: 'text', transform: code },
];
const splitting = (plan: PlanFile, source = SPLIT) =>
  withCode(plan, names, { code: [{ source, reads: ['full_name'], writes: ['first_name', 'last_name'] }] });
const own = (source: string, reads = ['full_name']) => ({ ...code, source, reads });
const one = (expression: string) =>
  `export default function transform(row: Row): Result {\n  return { made: ${expression} };\n}\n`;
const asked = (values: ShownValues, sample = 50) => ({ entity: 'people', column: null, sample, values });

/** Only the rows that the test is about. */
const only = (plan: PlanFile, where: string): PlanFile => ({
  ...plan,
  entities: plan.entities.map((entity) => (entity.name === 'people' ? { ...entity, where } : entity)),
});

test('rows that come out and rows that do not, with nothing written anywhere', async () => {
  const runners = createChildRunners();
  const { plan, engine, made } = await openShop(runners);
  const few = only(splitting(plan), 'id <= 10');
  const form = await engine.tryCode(few, asked('form'));
  expect(form).toMatchObject({
    ...{ entity: 'people', outcome: 'rows-refused', setAside: 3, repeatable: true, typeErrors: [] },
    reads: ['full_name'],
    writes: ['first_name', 'last_name'],
  });
  expect(form.rowsPerSecond).toBeGreaterThan(0);
  expect(form.rows.map(({ key }) => key)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
  expect(form.rows[0]).toEqual({
    key: '1',
    before: { full_name: 'Xxxxxx 0' },
    after: null,
    repaired: [],
    trouble: {
      kind: 'refused',
      column: null,
      line: 3,
      message: 'The code refuses the row: it throws an error of its own.',
      code: "if (parts.length !== 2) throw new Error('no comma in ' + row.full_name);",
    },
  });
  expect(form.rows[9]).toMatchObject({
    before: { full_name: 'Xxxx00, Xxxxx00' },
    after: { first_name: 'Xxxxx00', last_name: 'Xxxx00' },
    trouble: null,
  });
  const masked = await engine.tryCode(few, asked('masked'));
  expect(masked.rows[9]).toMatchObject({
    before: { full_name: 'L•••00, F•••00' },
    after: { last_name: 'L•••00' },
  });
  for (const trial of [form, masked]) expect(JSON.stringify(trial)).not.toMatch(/Nobody|First\d|Last\d/);
  const shown = await engine.tryCode(few, asked('shown'));
  expect(shown.rows[0]!.trouble!.message).toBe('no comma in Nobody 1');
  expect(shown.rows[9]!.after).toEqual({ first_name: 'First10', last_name: 'Last10' });
  expect(await made()).toEqual([]);
  expect(runners.living()).toBe(0);
});

test('code that the compiler does not accept is not run', async () => {
  const runners = createChildRunners();
  const { plan, engine } = await openShop(runners);
  const trial = await engine.tryCode(splitting(plan, SPLIT.replace('parts[1]!', 'parts[1]')), asked('form'));
  expect(trial).toMatchObject({
    outcome: 'type-errors',
    typeErrorCount: 1,
    typeErrors: [{ line: 4, column: 12 }],
    rows: [],
    repeatable: null,
  });
  expect(runners.opened).toEqual([]);
});

describe('what it gives is held against the columns', () => {
  test.each<[string, Partial<PlanColumn>, string, string | null, readonly string[]]>([
    ['too long', { type: 'character varying(6)' }, 'row.full_name', 'longer than the 6 characters', []],
    ['empty where it must not be', { nullable: false }, 'null!', 'empty, but the column must not be', []],
    ['a standard value for what is empty', { nullable: false, default: 'x' }, 'null', null, ['made']],
    [
      'emptied where the plan says so',
      { type: 'character varying(6)', onMisfit: 'null' },
      'row.full_name',
      null,
      ['made'],
    ],
    ['no date', { type: 'date' }, "'2023-02-30'", 'not a date', []],
    ['rounded', { type: 'numeric(5,1)' }, "'1.25'", 'more than 1 digits after the point', []],
    ['no text', {}, "'a' + String.fromCharCode(0)", 'character that cannot be stored', []],
  ])('%s', async (_, column, expression, words, repaired) => {
    const { plan, engine } = await openShop(createChildRunners());
    const made = { to: 'made', type: 'text', transform: own(one(expression)), ...column };
    const trial = await engine.tryCode(withCode(plan, [made]), { ...asked('form', 3), column: 'made' });
    expect(trial.typeErrors).toEqual([]);
    expect(trial.outcome).toBe(words === null ? 'passed' : 'rows-refused');
    for (const row of trial.rows) {
      if (words !== null) expect(row.trouble!.message).toContain(words);
      expect(row.repaired).toEqual(repaired);
    }
  });

  test('what only PostgreSQL can read is said to be open', async () => {
    const { plan, engine } = await openShop(createChildRunners());
    const trial = await engine.tryCode(
      withCode(plan, [{ to: 'made', type: 'inet', transform: own(one("'nowhere'")) }]),
      asked('form'),
    );
    expect(trial).toMatchObject({ outcome: 'passed', unchecked: ['made'] });
  });
});

test('code that answers differently the second time is found out', async () => {
  const { plan, engine } = await openShop(createChildRunners());
  const counting = `let n = 0;\n${one('String(n++)')}`;
  const trial = await engine.tryCode(
    withCode(plan, [{ to: 'made', type: 'text', transform: own(counting) }]),
    asked('form'),
  );
  expect(trial).toMatchObject({
    outcome: 'not-repeatable',
    repeatable: false,
    failure: { message: expect.stringContaining('different values of made for the same row') },
  });
});

describe('a batch that fails as a whole', () => {
  const fail = (kind: string) => () => {
    throw failure(kind, 'It read Last7, First and died.');
  };
  test.each([
    ['crash', 'failed', 'The code ended the sandbox.'],
    ['oom', 'failed', 'The code uses more memory than it may.'],
    ['code', 'failed', 'The code stopped on these rows.'],
    ['not-repeatable', 'not-repeatable', 'clock or for chance'],
  ])('%s is told in words that hold nothing of a row', async (kind, outcome, words) => {
    const { plan, engine } = await openShop(createChildRunners({ beforeBatch: fail(kind) }));
    const trial = await engine.tryCode(splitting(plan), asked('masked'));
    expect(trial).toMatchObject({ outcome, failure: { message: expect.stringContaining(words) } });
    expect(JSON.stringify(trial)).not.toContain('Last7');
  });

  test('a person who asked to see values hears all of it', async () => {
    const { plan, engine } = await openShop(createChildRunners({ beforeBatch: fail('crash') }));
    const trial = await engine.tryCode(splitting(plan), asked('shown'));
    expect(trial.failure!.message).toContain('It read Last7, First and died.');
  });
});

test('without Docker the types are looked at all the same, and the remedy is told', async () => {
  const runners = createChildRunners();
  const { plan, engine } = await openShop({
    ...runners,
    open: async () => {
      throw Object.assign(failure('docker-missing', 'Docker does not answer.'), { hint: 'Install Docker.' });
    },
  });
  const trial = await engine.tryCode(splitting(plan), asked('form'));
  expect(trial).toMatchObject({
    outcome: 'no-sandbox',
    typeErrorCount: 0,
    rows: [],
    failure: {
      kind: 'docker-missing',
      hint: expect.stringMatching(/^Install Docker\. .*towpath sandbox doctor/),
    },
  });
  const wrong = await engine.tryCode(splitting(plan, SPLIT.replace('full_name', 'fulname')), asked('form'));
  expect(wrong.outcome).toBe('type-errors');
});

/** Each tries to carry “Nobody 1” past the mask, as a message or as a value. */
const LEAKS: readonly (readonly [string, string])[] = [
  ['a message', 'throw new Error(row.full_name)'],
  ['a message letter by letter', "throw new Error(row.full_name.split('').join(' '))"],
  [
    'a message that looks like one of the engine',
    "throw new TypeError(row.full_name + ' is not a function')",
  ],
  ['the name of an error', 'throw Object.assign(new Error(row.full_name), { name: row.full_name })'],
  ['something that is no error', 'throw row.full_name'],
  ['a property of nothing', '(null as unknown as Record<string, string>)[row.full_name]!.trim()'],
  ['a bigint of a text', 'BigInt(row.full_name)'],
  ['JSON of a text', 'JSON.parse(row.full_name)'],
  ['a value letter by letter', "return { made: row.full_name.split('').join(' '), sum: 0 }"],
  ['a value in codes', 'return { made: null, sum: row.full_name.charCodeAt(0) }'],
];

test('whatever code does, a model sees nothing of a value but its form', async () => {
  const { plan, engine } = await openShop(createChildRunners());
  const columns = [
    { to: 'made', type: 'text', transform: code },
    { to: 'sum', type: 'integer', transform: code },
  ];
  const told: CodeTrial[] = [];
  for (const [, statement] of LEAKS) {
    const source = `export default function transform(row: Row): Result {\n  ${statement};\n  return { made: null, sum: 0 };\n}\n`;
    const leaking = withCode(plan, columns, {
      code: [{ source, reads: ['full_name'], writes: ['made', 'sum'] }],
    });
    told.push(await engine.tryCode(only(leaking, 'id = 1'), asked('form')));
  }
  expect(told.map(({ typeErrors }) => typeErrors)).toEqual(LEAKS.map(() => expect.anything()));
  const run = told.filter(({ rows }) => rows.length > 0);
  expect(run.length).toBeGreaterThan(6);
  for (const trial of run) {
    const { before, after, trouble } = trial.rows[0]!;
    const words = JSON.stringify([before, after, trouble?.message]);
    expect(words).not.toMatch(/Nobody|N o|N\b|78/);
  }
});

test('only what is wrong with these records is in the way', async () => {
  const { plan, engine } = await openShop(createChildRunners());
  const broken = (name: string): PlanFile => ({
    ...splitting(plan),
    entities: splitting(plan).entities.map((entity) =>
      entity.name === name ? { ...entity, key: { ...entity.key, columns: ['idd'] } } : entity,
    ),
  });
  expect(await engine.tryCode(broken('notes'), asked('form', 5))).toMatchObject({ repeatable: true });
  await expect(engine.tryCode(broken('people'), asked('form'))).rejects.toMatchObject({
    code: 'CODE_DOES_NOT_FIT',
  });
  await expect(engine.tryCode(splitting(plan), { ...asked('form'), column: 'id' })).rejects.toMatchObject({
    code: 'NO_CODE',
  });
  await expect(engine.tryCode(plan, asked('form'))).rejects.toMatchObject({ code: 'NO_CODE' });
  await expect(engine.tryCode(plan, { ...asked('form'), entity: 'peeple' })).rejects.toMatchObject({
    code: 'UNKNOWN_ENTITY',
  });
});
