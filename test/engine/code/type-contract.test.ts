/** What code is told of its row and must give for it, and what the compiler says to code that has it wrong. */
import { describe, expect, test } from 'vitest';
import { checkCodeTypes } from '../../../engine/mapping/code/check-code-types.ts';
import { typeContract } from '../../../engine/mapping/code/type-contract.ts';
import { createPlan } from '../../../engine/mapping/suggest-plan.ts';
import { codeOf } from '../../../engine/plan/code-units.ts';
import { parsePlan, readPlan } from '../../../engine/plan/plan-document.ts';
import type { PlanColumn, PlanFile } from '../../../engine/plan/plan-file.ts';
import { writePlan } from '../../../engine/plan/write-plan.ts';
import { catalog, column } from '../schema/build-catalog.ts';
import { createChildRunners } from './child-runners.ts';

const type = (name: string, more: object = {}) => ({ type: { ...column('x', name).type, ...more } });
const built = catalog([
  {
    name: 'people',
    columns: [
      column('id'),
      column('small', 'int2', { nullable: true }),
      column('big', 'int8'),
      column('ratio', 'float8'),
      column('amount', 'numeric'),
      column('active', 'bool'),
      column('born', 'date', { nullable: true }),
      column('extra', 'jsonb'),
      column('mood', 'text', type('mood', { kind: 'enum', schema: 'public', sql: 'mood' })),
      column('odd "name" */', 'text'),
    ],
  },
]);
const source = { ...built, enums: [{ schema: 'public', name: 'mood', labels: ['calm', "o'cross"] }] };

function planned(to: string, sql: string, more: Partial<PlanColumn> = {}): PlanColumn {
  const transform = { kind: 'code' } as const;
  return {
    to,
    type: sql,
    nullable: false,
    onMisfit: 'quarantine',
    confidence: 1,
    reason: 'x',
    transform,
    ...more,
  };
}

function planWith(
  code: string,
  writes: readonly PlanColumn[],
  reads = source.tables[0]!.columns.map(({ name }) => name),
): PlanFile {
  const plan = structuredClone(createPlan(source, { migration: 'shop' }));
  const people = plan.entities[0]!;
  people.columns.push(...writes);
  people.checks.push({ name: 'state_check', expression: `"state" in ('new', 'it''s done')` });
  people.code = [{ source: code, reads, writes: writes.map(({ to }) => to) }];
  return plan;
}

const results = [
  planned('whole', 'integer'),
  planned('large', 'bigint'),
  planned('share', 'double precision'),
  planned('total', 'numeric(12,2)'),
  planned('flag', 'boolean', { nullable: true }),
  planned('day', 'date'),
  planned('at', 'timestamp with time zone'),
  planned('notes', 'jsonb'),
  planned('state', 'text'),
  planned('name', 'character varying(80)', { default: '?' }),
];

function contractOf(plan: PlanFile): string {
  const entity = plan.entities[0]!;
  return typeContract({ entity, table: source.tables[0]!, enums: source.enums, code: codeOf(entity)[0]! });
}

async function problems(code: string, plan = planWith(code, results)): Promise<string[]> {
  const found = await checkCodeTypes(plan, source, createChildRunners());
  return found.map(({ path, message }) => `${path}: ${message}`);
}

/** Code that is right, with other values for some columns; each on a line of its own, the first on line 3. */
function body(over: Readonly<Record<string, string>> = {}): string {
  const values = {
    whole: '1',
    large: '2n',
    share: '0.5',
    total: `'12.50'`,
    flag: 'null',
    day: `'2026-01-01'`,
    at: 'new Date(0)',
    notes: `{ n: [1, 'a', null] }`,
    state: `'new'`,
    name: 'context.entity',
    ...over,
  };
  const lines = Object.entries(values).map(([name, value]) => `    ${name}: ${value},`);
  return `export default function transform(row: Row, context: Context): Result {\n  return {\n${lines.join('\n')}\n  };\n}\n`;
}

test('the forms of all types', () => {
  const contract = contractOf(planWith(body(), results));
  for (const line of [
    'readonly id: number;',
    'readonly small: number | null;',
    'readonly big: bigint;',
    'readonly ratio: number;',
    'readonly amount: string;',
    'readonly active: boolean;',
    'readonly born: string | null;',
    'readonly extra: Json;',
    `readonly mood: "calm" | "o'cross";`,
    String.raw`readonly "odd \"name\" */": string;`,
    'whole: number;',
    'large: bigint | number;',
    'total: string | number | bigint;',
    'flag: boolean | null;',
    'at: string | Date;',
    'notes: Json;',
    `state: "new" | "it's done";`,
    'name: string | null;',
  ])
    expect(contract).toContain(`  ${line}\n`);
});

describe('the compiler', () => {
  test('has nothing to say to code that is right, whatever the columns are called', async () => {
    expect(await problems(body({ name: `row['odd "name" */'] + row.amount` }))).toEqual([]);
  });

  test.each([
    [
      'a column of the row misspelt',
      body({ name: 'row.amuont' }),
      /Line 12, column 15 .*'amuont' does not exist on type 'Row'/,
    ],
    [
      'a null that was not thought of',
      body({ whole: 'row.small' }),
      /Line 3, .*'number \| null' is not assignable to type 'number'/,
    ],
    ['a date for a day', body({ day: 'new Date(0)' }), /'Date' is not assignable to type 'string'/],
    ['a word that the column does not know', body({ state: `'old'` }), /"old"' is not assignable/],
    ['a column too many', body({ more: '1' }), /'more' does not exist in type 'Result'/],
    ['a number for yes or no', body({ flag: '1' }), /'number' is not assignable to type 'boolean \| null'/],
    [
      'two kinds of number in one sum',
      body({ large: 'row.big + row.id' }),
      /Operator '\+' cannot be applied/,
    ],
    ['what is not there', body({ name: 'process.version' }), /Cannot find name 'process'/],
    ['a row that is not typed', body().replace('row: Row', 'row'), /implicitly has an 'any' type/],
    ['nothing exported', 'export const x = 1;', /no default export|has no exported member|not assignable/i],
    [
      'a promise',
      body().replace('function', 'async function').replace(': Result', ': Promise<Result>'),
      /Promise/,
    ],
  ])('%s', async (_, code, expected) => {
    expect((await problems(code)).join('\n')).toMatch(expected);
  });

  test('a finding says where in the code and where in the plan', async () => {
    const text = writePlan(planWith(body({ name: 'row.amuont' }), results));
    const read = readPlan(text);
    if (!read.ok) throw new Error('the plan cannot be read');
    const [finding] = await checkCodeTypes(parsePlan(text), source, createChildRunners(), read.locate);
    expect(finding).toMatchObject({
      path: 'entities.people.code.0',
      severity: 'error',
      inCode: { line: 12, column: 15 },
    });
    expect(text.split('\n')[finding!.line! - 1]).toContain('source');
  });
});
