/** Code for several columns at once, put into a plan: what stood around it stays, and nothing is lost on the way. */
import { describe, expect, test } from 'vitest';
import { createPlan } from '../../../../engine/mapping/suggest-plan.ts';
import { changePlan } from '../../../../engine/plan/changes/change-plan.ts';
import { planWithDraft } from '../../../../engine/plan/changes/draft-code.ts';
import type { ChangeOf } from '../../../../engine/plan/changes/plan-change.ts';
import { checkPlan } from '../../../../engine/plan/check-plan.ts';
import { parsePlan } from '../../../../engine/plan/plan-document.ts';
import { writePlan } from '../../../../engine/plan/write-plan.ts';
import { shop } from './shop.ts';

const text = writePlan(createPlan(shop, { migration: 'shop', today: '2026-01-02' })).replace(
  '- to: nick\n',
  '# the name people give themselves\n      - to: nick   # beside it\n',
);
const SOURCE = `export default function transform(row: Row): Result {
  // "two" lines
  return { first: row.nick, last: row.email };
}
`;
const split = (more: Partial<ChangeOf<'set-code'>> = {}): ChangeOf<'set-code'> => ({
  kind: 'set-code',
  entity: 'users',
  source: SOURCE,
  reads: ['nick', 'email'],
  writes: [
    { column: 'first', type: 'text' },
    { column: 'last', type: 'character varying(80)' },
  ],
  reason: 'one field has two names',
  ...more,
});
const usersOf = (of: string) => parsePlan(of).entities.find(({ name }) => name === 'users')!;

describe('new columns', () => {
  const { text: after, ...words } = changePlan(text, split());

  test('stand behind what they are made of, in their order, and the plan fits', () => {
    const users = usersOf(after);
    const names = users.columns.map(({ to }) => to);
    expect(names.slice(names.indexOf('first') - 1, names.indexOf('first') + 2)).toEqual([
      'nick',
      'first',
      'last',
    ]);
    expect(users.columns.find(({ to }) => to === 'last')).toMatchObject({
      type: 'character varying(80)',
      nullable: true,
      transform: { kind: 'code' },
      personal: 'email',
      reason: 'one field has two names',
    });
    expect(users.code).toEqual([{ reads: ['nick', 'email'], writes: ['first', 'last'], source: SOURCE }]);
    expect(checkPlan(parsePlan(after), shop).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('leave comments, order and other entities as they were', () => {
    expect(after).toContain('# the name people give themselves\n      - to: nick # beside it');
    const rest = (of: string) =>
      of.slice(0, of.indexOf('- name: users')).concat(of.slice(of.indexOf('groups:')));
    expect(rest(after)).toBe(rest(text));
    expect(after).toMatch(
      / {4}code:\n {6}- reads: \[ nick, email \]\n {8}writes: \[ first, last \]\n {8}source: \|\n/,
    );
  });

  test('are told, with what they were before', () => {
    expect(words).toEqual({
      changed: true,
      before: 'In users: first is not there; last is not there.',
      after:
        'first and last of users are worked out together by code that reads nick and email. New: first and last.',
    });
  });

  test('the same again changes nothing', () => {
    expect(
      changePlan(
        after,
        split({
          writes: [
            { column: 'first', type: null },
            { column: 'last', type: null },
          ],
        }),
      ),
    ).toMatchObject({
      changed: false,
      text: after,
    });
  });

  test('other code takes the place of the block', () => {
    const again = changePlan(after, split({ source: SOURCE.replace('row.email', 'null'), reads: ['nick'] }));
    const users = usersOf(again.text);
    expect(users.code).toMatchObject([{ reads: ['nick'], writes: ['first', 'last'] }]);
    expect(again.before).toContain('worked out together by code that reads nick and email');
  });
});

test('columns that are there lose what made them, and what only that had read is kept in the notes', () => {
  const own = changePlan(text, {
    kind: 'set-column',
    entity: 'users',
    column: 'nick',
    reason: 'x',
    transform: [{ kind: 'code', source: 'export default 1', reads: ['nick', 'email'] }],
  }).text;
  const gone = changePlan(own, {
    kind: 'leave-out-column',
    entity: 'users',
    column: 'email',
    reason: 'x',
  }).text;
  expect(JSON.stringify(usersOf(gone))).not.toContain('"from":"email"');
  const after = usersOf(
    changePlan(gone, split({ reads: ['nick'], writes: [{ column: 'nick', type: 'text' }] })).text,
  );
  expect(after.columns.find(({ to }) => to === 'nick')).toMatchObject({
    from: 'nick',
    transform: { kind: 'code' },
  });
  expect(after.columns.find(({ to }) => to === 'metadata')!.transform).toMatchObject({ columns: ['email'] });
});

describe('refused', () => {
  const both = changePlan(text, split()).text;
  test.each<[string, string, ChangeOf<'set-code'>, RegExp]>([
    [
      'a column that is not there, without a type',
      text,
      split({ writes: [{ column: 'frist', type: null }] }),
      /no column .*“frist”/,
    ],
    [
      'a link',
      text,
      split({ entity: 'orders', reads: ['at'], writes: [{ column: 'user_id', type: null }] }),
      /points at another record/,
    ],
    ['the new key', text, split({ writes: [{ column: 'id', type: null }] }), /cannot be changed/],
    ['a uuid', text, split({ writes: [{ column: 'own', type: 'uuid' }] }), /cannot be a uuid/],
    ['a reserved name', text, split({ writes: [{ column: 'xmin', type: 'text' }] }), /reserved/],
    [
      'a name of another form',
      text,
      split({ writes: [{ column: 'First Name', type: 'text' }] }),
      /lower case/,
    ],
    ['a type that is none', text, split({ writes: [{ column: 'own', type: "text'); drop" }] }), /^$/],
    [
      'the same column twice',
      text,
      split({
        writes: [
          { column: 'nick', type: null },
          { column: 'nick', type: null },
        ],
      }),
      /named twice/,
    ],
    ['an old column that is not there', text, split({ reads: ['nik'] }), /no column nik/],
    [
      'a part of what code writes together',
      both,
      split({ writes: [{ column: 'first', type: null }] }),
      /without it last would have none/,
    ],
  ])('%s', (_, before, asked, words) => {
    let refusal: unknown;
    try {
      const { text: after } = changePlan(before, asked);
      const errors = checkPlan(parsePlan(after), shop).filter(({ severity }) => severity === 'error');
      // what only the catalog or PostgreSQL knows is told as a mistake of the plan
      expect(errors.map(({ message }) => message).join()).toContain('is not a type of PostgreSQL');
      return;
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({
      code: expect.stringMatching(/CHANGE_REFUSED|UNKNOWN_COLUMN/),
      message: expect.stringMatching(words),
    });
  });
});

test('a draft is the change that would be proposed, and the text stays as it is', () => {
  const noFiles = () => ({ ok: false, message: 'none', hint: '' }) as const;
  const { plan, column } = planWithDraft(
    text,
    { entity: 'users', source: SOURCE, column: 'NICK', reads: null, writes: null },
    noFiles,
  );
  expect(column).toBe('nick');
  expect(
    plan.entities.find(({ name }) => name === 'users')!.columns.find(({ to }) => to === 'nick'),
  ).toMatchObject({
    transform: { kind: 'code', source: SOURCE },
  });
  expect(() =>
    planWithDraft(
      text,
      { entity: 'users', source: SOURCE, column: null, reads: null, writes: null },
      noFiles,
    ),
  ).toThrow('not clear');
});
