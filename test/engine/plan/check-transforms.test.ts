/** What is wrong with a transform is said before anything runs, with what to do; what is right is not talked about. */
import { beforeAll, expect, test } from 'vitest';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase } from '../../../engine/db/database.ts';
import { createPlan } from '../../../engine/mapping/suggest-plan.ts';
import { checkPlan } from '../../../engine/plan/check-plan.ts';
import { type PlanFile, planColumn } from '../../../engine/plan/plan-file.ts';
import type { Catalog } from '../../../engine/schema/catalog.ts';
import { introspect } from '../../../engine/schema/introspect.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const database = useTestDatabase();
let catalog: Catalog;
let proposed: PlanFile;

beforeAll(async () => {
  await database.query(`
    create table city (code text primary key, name text, nr int unique, twice text);
    create table person (id int primary key, name text, city text, born date, tags text[], nr int, at timestamp);`);
  const source = createDatabase(database.connection, 'source', { log: createSilentLog(), readOnly: true });
  try {
    catalog = await introspect(source);
    proposed = createPlan(catalog, { migration: 'checked' });
  } finally {
    await source.end();
  }
});

/** Messages about one column, `error` or `warning` in front. */
function findingsOf(given: Record<string, unknown>): string[] {
  const column = planColumn.parse({
    to: 'c',
    type: 'text',
    nullable: true,
    from: 'name',
    confidence: 1,
    reason: 'test',
    ...given,
  });
  const entities = proposed.entities.map((entity) => {
    if (entity.source.table !== 'person') return entity;
    const kept = entity.columns.filter(
      ({ from, to }) => (from === undefined || from !== column.from) && to !== 'c',
    );
    return { ...entity, columns: [...kept, column], checks: [], uniques: [], indexes: [] };
  });
  return checkPlan({ ...proposed, entities }, catalog)
    .filter(({ path }) => path.includes('.c'))
    .map(({ severity, message, hint }) => {
      expect(hint).toMatch(/\S/);
      return `${severity}: ${message}`;
    });
}

const lookup = (rest: object) => ({ kind: 'lookup', entity: 'cities', column: 'name', ...rest });

test.each([
  [
    'a brace that names nothing',
    { from: undefined, transform: { kind: 'template', text: 'a {' } },
    /^error: A brace/,
  ],
  [
    'a column of a template that is not there',
    { from: undefined, transform: { kind: 'template', text: '{nme}' } },
    /^error: .* has no column nme/,
  ],
  [
    'a template behind something',
    { transform: [{ kind: 'trim' }, { kind: 'template', text: '{name}' }] },
    /^error: .* would be lost/,
  ],
  [
    'a pattern that does not compile',
    { transform: { kind: 'replace', pattern: '(?=x)', with: '' } },
    /^error: The pattern cannot be read/,
  ],
  [
    'a group that is not there',
    { transform: { kind: 'replace', pattern: '(a)', with: '$2' } },
    /^error: The pattern has no group 2/,
  ],
  [
    'a zone that is not there',
    { transform: { kind: 'time-zone', zone: 'Mars/Base' }, type: 'timestamp with time zone' },
    /^error: There is no time zone/,
  ],
  [
    'a zone as an offset',
    { transform: { kind: 'time-zone', zone: '+02:00' }, type: 'timestamp with time zone' },
    /^error: There is no time zone/,
  ],
  ['a country that is not there', { transform: { kind: 'phone', country: 'XX' } }, /^error: No country/],
  [
    'a word that is both',
    { transform: { kind: 'boolean', true: ['y'], false: ['Y'] }, type: 'boolean' },
    /^error: “Y” counts as true and as false/,
  ],
  [
    'a point that is a separator',
    { transform: { kind: 'money', scale: 2, thousands: '.' }, type: 'numeric(12,2)' },
    /^error: The decimal point/,
  ],
  [
    'money as a floating-point number',
    { transform: { kind: 'money', scale: 2 }, type: 'double precision' },
    /^error: An amount would lose digits/,
  ],
  [
    'money in too few digits',
    { transform: { kind: 'money', scale: 3 }, type: 'numeric(12,2)' },
    /^error: Amounts may have 3 digits/,
  ],
  [
    'true or false as a number',
    { transform: { kind: 'boolean', true: ['y'], false: ['n'] }, type: 'integer' },
    /^error: The transform boolean makes true or false/,
  ],
  [
    'a hash that does not fit',
    { transform: { kind: 'hash' }, type: 'character varying(40)' },
    /^error: The transform hash makes 64/,
  ],
  [
    'a hash anybody can guess',
    { transform: { kind: 'hash' }, personal: 'phone' },
    /^warning: Whoever guesses/,
  ],
  [
    'a list in a column of one',
    { from: 'tags', transform: { kind: 'array', each: { kind: 'trim' } } },
    /^error: The transform array makes a list/,
  ],
  [
    'a list of what is none',
    { transform: { kind: 'array', each: { kind: 'trim' } }, type: 'text[]' },
    /^error: name is text, which is no list/,
  ],
  [
    'a pattern within a list',
    {
      from: 'tags',
      type: 'text[]',
      transform: { kind: 'array', each: { kind: 'replace', pattern: '(', with: '' } },
    },
    /^error: The pattern cannot be read/,
  ],
  [
    'a part whose rest goes nowhere',
    { transform: { kind: 'split', separator: ' ' } },
    /^warning: Only a part of name/,
  ],
  [
    'a policy for a reference',
    { from: 'city', type: 'uuid', transform: { kind: 'reference', entity: 'cities' }, onMisfit: 'null' },
    /onMisfit says nothing/,
  ],
  [
    'a placeholder for a date',
    { from: 'born', type: 'date', onMisfit: 'placeholder' },
    /^error: There is no placeholder for date/,
  ],
  ['a placeholder that is not used', { placeholder: 'x' }, /^warning: The placeholder is never used/],
  [
    'a policy that only the server can decide',
    { transform: { kind: 'cast' }, type: 'interval', onMisfit: 'null' },
    /^warning: Only the new database can tell/,
  ],
  [
    'options of another style',
    { transform: { kind: 'mask', style: 'fake', with: 'x' } },
    /^error: The style fake has no use for with/,
  ],
  [
    'a lookup without a place',
    { from: 'city', transform: lookup({ entity: undefined }) },
    /^error: A lookup needs one place/,
  ],
  [
    'a lookup of an unknown entity',
    { from: 'city', transform: lookup({ entity: 'citys' }) },
    /^error: There is no entity named citys/,
  ],
  [
    'a lookup of an unknown column',
    { from: 'city', transform: lookup({ column: 'nam' }) },
    /^error: .* has no column nam/,
  ],
  [
    'a lookup that finds several',
    { from: 'city', transform: lookup({ match: { columns: ['city'], parentColumns: ['twice'] } }) },
    /^error: Several rows of city/,
  ],
  [
    'a lookup of another type',
    { from: 'nr', transform: lookup({ match: { columns: ['nr'], parentColumns: ['code'] } }) },
    /never equal/,
  ],
])('%s', (_, given, expected) => {
  expect(findingsOf(given)).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
});

test.each([
  ['template', { from: undefined, transform: { kind: 'template', text: '{name} ({city})' } }],
  [
    'template in a list',
    { from: undefined, transform: [{ kind: 'template', text: '{name}' }, { kind: 'lower' }] },
  ],
  ['split with its rest', { transform: { kind: 'split', separator: ' ', part: 1, rest: true } }],
  [
    'replace into a date',
    { transform: { kind: 'replace', pattern: '^(\\d+)$', with: '$1-01-01' }, type: 'date' },
  ],
  ['phone', { transform: [{ kind: 'trim' }, { kind: 'phone', country: 'DE' }], onMisfit: 'placeholder' }],
  ['keyed hash of what is personal', { transform: { kind: 'hash', keyed: true }, personal: 'phone' }],
  ['year of a date', { from: 'born', type: 'integer', transform: { kind: 'mask', style: 'year-only' } }],
  [
    'array of dates',
    {
      from: 'tags',
      type: 'date[]',
      transform: { kind: 'array', each: [{ kind: 'trim' }, { kind: 'cast' }] },
    },
  ],
  ['lookup by key', { from: 'city', transform: lookup({}) }],
  [
    'lookup by a unique column',
    { from: 'nr', transform: lookup({ match: { columns: ['nr'], parentColumns: ['nr'] } }) },
  ],
  [
    'lookup in a table',
    { from: 'city', transform: lookup({ entity: undefined, table: { schema: 'public', table: 'city' } }) },
  ],
])('nothing to say about %s', (_, given) => {
  expect(findingsOf(given)).toEqual([]);
});

test('what is masked in one column and open in another is told', () => {
  const entities = proposed.entities.map((entity) => {
    if (entity.source.table !== 'person') return entity;
    const masked = planColumn.parse({
      to: 'c',
      type: 'text',
      nullable: true,
      from: 'name',
      transform: { kind: 'mask', style: 'redact' },
      confidence: 1,
      reason: 'test',
    });
    return { ...entity, columns: [...entity.columns, masked] };
  });
  const found = checkPlan({ ...proposed, entities }, catalog).map(({ message }) => message);
  expect(found).toContain('name is hidden here, but stands open in name.');
});
