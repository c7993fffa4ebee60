/** Code in a plan: where it may stand, what it may write, and that no other code runs than the one that was approved. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createPlan } from '../../../engine/mapping/suggest-plan.ts';
import { changePlan } from '../../../engine/plan/changes/change-plan.ts';
import type { PlanChange } from '../../../engine/plan/changes/plan-change.ts';
import { checkPlan } from '../../../engine/plan/check-plan.ts';
import { findingText } from '../../../engine/plan/finding.ts';
import { parsePlan, readPlan } from '../../../engine/plan/plan-document.ts';
import type {
  CodeBlock,
  PlanColumn,
  PlanEntity,
  PlanFile,
  Transform,
} from '../../../engine/plan/plan-file.ts';
import { planHash } from '../../../engine/plan/plan-hash.ts';
import { writePlan } from '../../../engine/plan/write-plan.ts';
import { codeBeside } from '../../../engine/workspace/code-files.ts';
import { catalog, column } from '../schema/build-catalog.ts';

const shop = catalog([
  { name: 'users', columns: [column('id'), column('name', 'text'), column('age', 'int4')] },
  { name: 'orders', columns: [column('id'), column('what', 'text')], references: { user_id: 'users' } },
]);
const plain = createPlan(shop, { migration: 'shop', today: '2026-01-02' });
const source = `export default function transform(row: Row): Result {
  // two lines: "quoted", 'quoted', {braces} and a trailing blank
  return { shout: row.name.toUpperCase() };
}
`;

function withUsers(change: (users: PlanEntity) => void): PlanFile {
  const plan = structuredClone(plain);
  change(plan.entities.find(({ name }) => name === 'users')!);
  return plan;
}

function made(to: string, transform: Transform, more: Partial<PlanColumn> = {}): PlanColumn {
  return {
    to,
    type: 'text',
    nullable: true,
    onMisfit: 'quarantine',
    confidence: 1,
    reason: 'code',
    transform,
    ...more,
  };
}

const own = (more: Partial<Extract<Transform, { kind: 'code' }>> = {}): Transform => ({
  kind: 'code',
  source,
  reads: ['name'],
  ...more,
});

const block = (writes: string[], more: Partial<CodeBlock> = {}): CodeBlock => ({
  source,
  reads: ['name'],
  writes,
  ...more,
});

function errors(plan: PlanFile): string[] {
  return checkPlan(plan, shop)
    .filter(({ severity }) => severity === 'error')
    .map(({ path, message }) => `${path}: ${message}`);
}

describe('rules', () => {
  test('own code, a block, and both side by side', () => {
    const plan = withUsers((users) => {
      users.columns.push(
        made('shout', own()),
        made('first', { kind: 'code' }),
        made('last', { kind: 'code' }),
      );
      users.code = [block(['first', 'last'], { reads: ['name', 'age'] })];
    });
    expect(checkPlan(plan, shop)).toEqual([]);
  });

  test('a column that only code reads is not forgotten', () => {
    const plan = withUsers((users) => {
      users.columns = users.columns.filter(({ to }) => to !== 'name' && to !== 'age');
      users.columns.push(made('shout', own()), made('old', { kind: 'code' }));
      users.code = [block(['old'], { reads: ['age'] })];
    });
    expect(checkPlan(plan, shop)).toEqual([]);
  });

  test.each<[string, (users: PlanEntity) => void, RegExp]>([
    [
      'a column that the source lacks',
      (users) => users.columns.push(made('shout', own({ reads: ['nam'] }))),
      /shout\.transform: public\.users has no column nam\./,
    ],
    [
      'the same in a block',
      (users) => {
        users.columns.push(made('shout', { kind: 'code' }));
        users.code = [block(['shout'], { reads: ['name', 'nam'] })];
      },
      /code\.0\.reads\.1: public\.users has no column nam\./,
    ],
    [
      'nothing read',
      (users) => users.columns.push(made('shout', { kind: 'code', source })),
      /shout\.transform: This code reads no column\./,
    ],
    [
      'a column that the new table lacks',
      (users) => {
        users.code = [block(['shuot'])];
      },
      /code\.0\.writes\.0: Code writes shuot, which is no column of the new table\./,
    ],
    [
      'a column that a block and its own code write',
      (users) => {
        users.columns.push(made('shout', own()));
        users.code = [block(['shout'])];
      },
      /shout is written twice: by its own code and by block 1 of code\./,
    ],
    [
      'a column that two blocks write',
      (users) => {
        users.columns.push(made('shout', { kind: 'code' }));
        users.code = [block(['shout']), block(['shout'])];
      },
      /shout is written twice: by block 1 of code and by block 2 of code\./,
    ],
    [
      'a column that another transform makes',
      (users) => {
        users.code = [block(['name'])];
      },
      /name is made by the transform copy already\./,
    ],
    [
      'a column that nothing writes',
      (users) => users.columns.push(made('shout', { kind: 'code' })),
      /shout\.transform: No code writes shout\./,
    ],
    [
      'the key',
      (users) => {
        users.columns = users.columns.map((item) =>
          item.to === 'id' ? { ...item, transform: own() } : item,
        );
      },
      /id\.transform: id cannot be written by code/,
    ],
    [
      'the old key',
      (users) => {
        users.columns = users.columns.map((item) =>
          item.to === 'legacy_id' ? { ...item, transform: own() } : item,
        );
      },
      /legacy_id\.transform: legacy_id cannot be written by code/,
    ],
    [
      'a link',
      (users) => users.columns.push(made('boss_id', own(), { type: 'uuid' })),
      /boss_id\.transform: boss_id cannot be written by code/,
    ],
    [
      'code among other steps',
      (users) => users.columns.push({ ...made('shout', own()), transform: [own(), { kind: 'trim' }] }),
      /The transform code must stand alone\./,
    ],
    [
      'money',
      (users) => users.columns.push(made('total', own(), { type: 'numeric(12,2)', money: {} })),
      /total\.money: The sums of total cannot be compared/,
    ],
    [
      'a block without code',
      (users) => {
        users.columns.push(made('shout', { kind: 'code' }));
        users.code = [{ reads: ['name'], writes: ['shout'] }];
      },
      /code\.0: There is no code here\./,
    ],
    [
      'a file that nobody read',
      (users) => users.columns.push(made('shout', { kind: 'code', file: 'code/shout.ts', reads: ['name'] })),
      /The code in code\/shout\.ts was not read\./,
    ],
  ])('%s', (_, change, expected) => {
    expect(errors(withUsers(change)).join('\n')).toMatch(expected);
  });
});

describe('as a file', () => {
  const plan = withUsers((users) => {
    users.columns.push(made('shout', own()), made('first', { kind: 'code' }));
    users.code = [block(['first'])];
  });

  test('code is written as lines and reads as the same plan', () => {
    const text = writePlan(plan);
    expect(text).toContain(
      '        transform:\n          kind: code\n          source: |\n            export default',
    );
    expect(parsePlan(text)).toEqual(plan);
    expect(writePlan(parsePlan(text))).toBe(text);
  });

  test('a plan without code has the hash it always had', () => {
    expect('code' in parsePlan(writePlan(plain)).entities[0]!).toBe(false);
    expect(planHash(parsePlan(writePlan(plain)))).toBe(planHash(plain));
  });

  test.each([
    '/etc/passwd',
    '../other.ts',
    'code/../../x.ts',
    'x.js',
    '-x.ts',
    '.hidden/x.ts',
    'a\\..\\b.ts',
  ])('no file is named %s', (file) => {
    const text = writePlan(plan).replace(/source: \|\n(?: {12}.*\n)+/, `file: ${JSON.stringify(file)}\n`);
    expect(readPlan(text).ok).toBe(false);
  });
});

describe('in files beside the plan', () => {
  function folder(): string {
    const path = mkdtempSync(join(tmpdir(), 'towpath-code-'));
    onTestFinished(() => rmSync(path, { recursive: true, force: true }));
    mkdirSync(join(path, 'plan/code'), { recursive: true });
    return path;
  }
  const filed = withUsers((users) => {
    users.columns.push(made('shout', { kind: 'code', file: 'code/shout.ts', reads: ['name'] }));
  });
  const text = writePlan(filed);

  test('the code is part of the plan and of its hash; the file alone holds it', () => {
    const path = join(folder(), 'plan');
    const read = () => parsePlan(text, 'plan.yaml', codeBeside(path));
    writeFileSync(join(path, 'code/shout.ts'), source);
    const first = read();
    expect(errors(first)).toEqual([]);
    expect(JSON.stringify(first)).toContain('row.name.toUpperCase()');
    expect(writePlan(first)).toBe(text);
    writeFileSync(join(path, 'code/shout.ts'), source.replace('toUpperCase', 'toLowerCase'));
    expect(planHash(read())).not.toBe(planHash(first));
  });

  test('without the file there is no hash and no plan to run', () => {
    expect(() => planHash(parsePlan(text))).toThrow(expect.objectContaining({ code: 'CODE_NOT_READ' }));
    const read = readPlan(text, codeBeside(join(folder(), 'plan')));
    const found = read.ok ? [] : read.findings.map((finding) => findingText(finding, 'plan.yaml'));
    expect(found).toEqual([
      expect.stringMatching(
        /^plan\.yaml:\d+: entities\.users\.columns\.shout\.transform\.file: There is no code file code\/shout\.ts beside the plan\./,
      ),
    ]);
  });

  test('a link that leads out of the folder is not followed', () => {
    const path = folder();
    writeFileSync(join(path, 'outside.ts'), source);
    symlinkSync(join(path, 'outside.ts'), join(path, 'plan/code/shout.ts'));
    const read = readPlan(text, codeBeside(join(path, 'plan')));
    expect(read.ok ? [] : read.findings.map(({ message }) => message)).toEqual([
      "code/shout.ts leads out of the plan's folder.",
    ]);
  });

  test('a plan with code in files can be edited', () => {
    const change = {
      kind: 'set-column',
      entity: 'users',
      column: 'name',
      transform: [{ kind: 'trim' }],
      reason: 'tidy',
    } as const;
    const changed = changePlan(text, { ...change, transform: [...change.transform] });
    expect(changed.changed).toBe(true);
    expect(changed.text).toContain('file: code/shout.ts');
  });
});

describe('changes on request', () => {
  const coded = writePlan(
    withUsers((users) => {
      users.columns.push(
        made('first', { kind: 'code' }),
        made('last', { kind: 'code' }),
        made('shout', own()),
      );
      users.code = [block(['first', 'last'])];
    }),
  );
  const set = (column: string, transform: Transform, entity = 'users'): PlanChange => ({
    kind: 'set-column',
    entity,
    column,
    transform: [transform],
    reason: 'asked for',
  });

  test('code as text, kept as lines', () => {
    const { text } = changePlan(writePlan(plain), set('name', { kind: 'code', source }));
    expect(text).toContain('source: |');
    expect(errors(parsePlan(text))).toEqual([]);
  });

  test.each<[string, PlanChange]>([
    ['a file on somebody’s word', set('name', { kind: 'code', file: 'code/x.ts' })],
    ['one of several columns of a block', set('first', { kind: 'constant', value: null })],
    [
      'another name for what code returns',
      { kind: 'rename-column', entity: 'users', column: 'shout', to: 'cry' },
    ],
    [
      'one column of a block left out',
      { kind: 'leave-out-column', entity: 'users', column: 'last', reason: 'x' },
    ],
    ['code for a link', set('user_id', { kind: 'code', source }, 'orders')],
  ])('refused: %s', (_, change) => {
    expect(() => changePlan(coded, change)).toThrow(expect.objectContaining({ code: 'CHANGE_REFUSED' }));
  });
});
