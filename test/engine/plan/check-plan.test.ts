import { describe, expect, test } from 'vitest';
import { createPlan } from '../../../engine/mapping/suggest-plan.ts';
import { checkPlan } from '../../../engine/plan/check-plan.ts';
import { readPlan } from '../../../engine/plan/plan-document.ts';
import type { PlanColumn, PlanFile } from '../../../engine/plan/plan-file.ts';
import { writePlan } from '../../../engine/plan/write-plan.ts';
import { catalog, column, type TableSpec } from '../schema/build-catalog.ts';

const tables: TableSpec[] = [
  { name: 'users', columns: [column('id'), column('email', 'text'), column('seen', 'timestamp')] },
  {
    name: 'orders',
    columns: [
      column('id', 'int8'),
      column('total', 'numeric', {
        type: { ...column('x', 'numeric').type, sql: 'numeric(12,2)', length: 12, scale: 2 },
      }),
      column('note', 'text', { nullable: true }),
    ],
    references: { user_id: 'users', parent_id: 'orders' },
  },
  { name: 'parts', columns: [column('a'), column('b')], key: ['a', 'b'] },
];
const shop = catalog(tables);
const plan = createPlan(shop, { migration: 'shop' });

/** Errors and warnings of a plan after a change, as `path: message`. */
function told(change: (plan: PlanFile) => void, severity: 'error' | 'warning' = 'error'): string[] {
  const changed = structuredClone(plan);
  change(changed);
  return checkPlan(changed, shop)
    .filter((finding) => finding.severity === severity)
    .map((finding) => `${finding.path}: ${finding.message} ${finding.hint}`);
}

function entity(changed: PlanFile, name: string) {
  return changed.entities.find((item) => item.name === name)!;
}

function columnOf(changed: PlanFile, name: string, to: string): PlanColumn {
  return entity(changed, name).columns.find((item) => item.to === to)!;
}

test('a suggested plan has nothing to complain of', () => {
  expect(checkPlan(plan, shop)).toEqual([]);
});

describe('errors', () => {
  test.each<[string, (changed: PlanFile) => void, RegExp]>([
    [
      'a column that the source lacks',
      (p) => {
        columnOf(p, 'orders', 'note').from = 'nota';
      },
      /^entities\.orders\.columns\.note\.from: public\.orders has no column nota\. Did you mean note\?/,
    ],
    [
      'a table that the source lacks',
      (p) => {
        entity(p, 'users').source.table = 'user';
      },
      /source\.table: The source has no table public\.user\. Did you mean users\?/,
    ],
    [
      'an entity that the plan lacks',
      (p) => {
        columnOf(p, 'orders', 'user_id').transform = { kind: 'reference', entity: 'user', onMissing: 'null' };
      },
      /There is no entity named user\. Did you mean users\?/,
    ],
    [
      'the same column twice',
      (p) => {
        columnOf(p, 'orders', 'note').to = 'total';
      },
      /The column total stands twice/,
    ],
    [
      'the same entity twice',
      (p) => {
        p.entities.push(structuredClone(entity(p, 'users')));
      },
      /The entity users stands twice/,
    ],
    [
      'a level that is too low',
      (p) => {
        entity(p, 'orders').level = 1;
      },
      /users \(level 1\) is loaded no earlier than orders \(level 1\)/,
    ],
    [
      'a self-reference that is not deferred',
      (p) => {
        entity(p, 'orders').deferred = [];
      },
      /orders refers to itself/,
    ],
    [
      'a deferred column that is no reference',
      (p) => {
        entity(p, 'orders').deferred.push('note');
      },
      /note is not a reference/,
    ],
    [
      'a deferred column that is not there',
      (p) => {
        entity(p, 'orders').deferred.push('parent');
      },
      /orders has no column parent\. Did you mean parent_id\?/,
    ],
    [
      'a required column without source',
      (p) => {
        entity(p, 'orders').columns.push({
          ...columnOf(p, 'orders', 'note'),
          to: 'kind',
          from: undefined,
          nullable: false,
        });
      },
      /kind has no source and must not be empty/,
    ],
    [
      'null for what must not be null',
      (p) => {
        Object.assign(columnOf(p, 'orders', 'total'), { onMisfit: 'null' });
      },
      /so a misfit cannot become null/,
    ],
    [
      'a default that is not there',
      (p) => {
        Object.assign(columnOf(p, 'orders', 'total'), { onMisfit: 'default' });
      },
      /There is no default to use/,
    ],
    [
      'a clock without a zone',
      (p) => {
        columnOf(p, 'users', 'seen').transform = { kind: 'copy' };
      },
      /needs to be told its zone/,
    ],
    [
      'digits that get lost',
      (p) => {
        columnOf(p, 'orders', 'total').type = 'double precision';
      },
      /Digits would be lost/,
    ],
    [
      'a type that is more than a type',
      (p) => {
        columnOf(p, 'orders', 'note').type = 'text); drop table users; --';
      },
      /is not a type of PostgreSQL/,
    ],
    [
      'a reference that is no uuid',
      (p) => {
        columnOf(p, 'orders', 'user_id').type = 'bigint';
      },
      /makes a uuid, but the column is bigint/,
    ],
    [
      'a parent known by two columns',
      (p) => {
        columnOf(p, 'orders', 'user_id').transform = {
          kind: 'reference',
          entity: 'parts',
          onMissing: 'null',
        };
      },
      /parts is not known by one column/,
    ],
    [
      'a key that is not unique',
      (p) => {
        entity(p, 'orders').key = { columns: ['note'], kind: 'text' };
      },
      /Nothing in the source makes note unique/,
    ],
    [
      'a key of the wrong kind',
      (p) => {
        entity(p, 'parts').key.kind = 'integer';
      },
      /A key of 2 columns is not of the kind integer/,
    ],
    [
      'a reserved schema',
      (p) => {
        p.target.schema = 'towpath';
      },
      /The schema towpath is reserved/,
    ],
    [
      'a reserved column',
      (p) => {
        columnOf(p, 'orders', 'note').to = 'xmin';
      },
      /a column xmin of the server's own/,
    ],
    [
      'an unknown zone',
      (p) => {
        p.settings.timeZone = 'Mars/Base';
      },
      /There is no time zone named Mars\/Base/,
    ],
    [
      'a group with an unknown entity',
      (p) => {
        p.groups.mine = ['order'];
      },
      /groups\.mine\.0: There is no entity named order\. Did you mean orders\?/,
    ],
    [
      'an index named like a table',
      (p) => {
        entity(p, 'users').indexes.push({ name: 'orders', columns: ['email'] });
      },
      /The name orders is taken by the table of orders/,
    ],
    [
      'a source column that goes nowhere',
      (p) => {
        entity(p, 'orders').columns = entity(p, 'orders').columns.filter((item) => item.to !== 'note');
      },
      /^entities\.orders\.columns: The source column note goes nowhere\. Map it, add it to the columns of metadata, or list it under leftOut with a reason\.$/,
    ],
  ])('%s', (_, change, expected) => {
    expect(told(change).join('\n')).toMatch(expected);
  });
});

describe('warnings', () => {
  test('a type that not every value fits, a table nobody speaks of, a source that has changed', () => {
    expect(
      told((p) => {
        columnOf(p, 'orders', 'legacy_id').type = 'integer';
      }, 'warning')[0],
    ).toContain('Not every bigint fits integer');
    expect(
      told((p) => {
        p.entities = p.entities.filter((item) => item.name !== 'parts');
        p.groups = {};
        p.phases = [];
      }, 'warning'),
    ).toEqual([
      'excluded: The table public.parts is neither moved nor left out. Add an entity for it, or list it under excluded with a reason.',
    ]);
    expect(
      told((p) => {
        p.source.fingerprint = 'other';
      }, 'warning')[0],
    ).toContain('The source has changed');
  });
});

test('a finding knows its line in the file', () => {
  const text = writePlan(plan).replace('from: note', 'from: nota');
  const read = readPlan(text);
  if (!read.ok) throw new Error('the plan should be readable');
  const findings = checkPlan(read.plan, shop, { locate: read.locate });
  const wrong = findings.find((finding) => finding.path.endsWith('note.from'))!;
  expect(text.split('\n')[wrong.line! - 1]).toContain('from: nota');
});

describe('against a target that exists', () => {
  const target = catalog([
    {
      name: 'users',
      columns: [
        column('id', 'uuid'),
        column('legacy_id', 'int4'),
        column('email', 'text'),
        column('seen', 'timestamptz'),
        column('metadata', 'jsonb'),
        column('tenant', 'text'),
      ],
    },
    { name: 'orders', columns: [column('id', 'uuid')] },
  ]);

  test('missing columns, required columns without source, missing tables', () => {
    const existing = structuredClone(plan);
    existing.target.create = false;
    const messages = checkPlan(existing, shop, { target }).map((finding) => finding.message);
    expect(messages).toContain('The target requires tenant, which has no source.');
    expect(messages).toContain("The target's orders has no column total.");
    expect(messages).toContain('The target has no table public.parts.');
    expect(messages.filter((message) => message.includes('users has no column'))).toEqual([]);
  });
});
