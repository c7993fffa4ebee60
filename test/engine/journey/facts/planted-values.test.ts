/**
 * Values that anyone would recognise, planted wherever a database can hold them: none may be in anything that is told.
 * Comments are excepted: they describe the database and are passed on, shortened.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogFacts } from '../../../../engine/journey/facts/catalog-facts.ts';
import { causeFacts } from '../../../../engine/journey/facts/cause-facts.ts';
import { columnFacts } from '../../../../engine/journey/facts/column-facts.ts';
import { ddlFacts } from '../../../../engine/journey/facts/ddl-facts.ts';
import { driftFacts } from '../../../../engine/journey/facts/drift-facts.ts';
import { eventFacts } from '../../../../engine/journey/facts/event-facts.ts';
import { findingsFacts } from '../../../../engine/journey/facts/finding-facts.ts';
import { mappingFacts } from '../../../../engine/journey/facts/mapping-facts.ts';
import { personalFacts } from '../../../../engine/journey/facts/personal-facts.ts';
import { planFacts } from '../../../../engine/journey/facts/plan-facts.ts';
import { reportFacts } from '../../../../engine/journey/facts/report-facts.ts';
import { rowFacts } from '../../../../engine/journey/facts/row-facts.ts';
import { tableFacts } from '../../../../engine/journey/facts/table-facts.ts';
import { tablesFacts } from '../../../../engine/journey/facts/table-list.ts';
import { withoutConsent } from '../../../../engine/journey/journey-engine.ts';
import { type PlanColumn, type PlanFile, planFile } from '../../../../engine/plan/plan-file.ts';
import type { Catalog } from '../../../../engine/schema/catalog.ts';
import { useTestDatabase } from '../../../helpers/test-database.ts';
import { type OpenMove, openMove } from './open-move.ts';

/** Each stands in the source, the plan or the target; the part in capitals is what must not be seen. */
const PLANTED = [
  'Zebulon', // first names, in columns of every name
  'Quixwood',
  'zebquix', // addresses and user names
  '7700900', // telephone numbers, as text and as a number
  '1931-07-1', // birth dates
  'Plumtree', // streets
  'gout', // what a note says
  '4929123', // account numbers
  'Ferdinando', // the key of a row
  'hunter2', // a secret
];

const SOURCE = `
  create table people (
    id int primary key, first_name text not null, label text, agent text, email text, phone text, mobile bigint,
    account bigint, birth_date date, born date, street text, note text, details jsonb, api_token text,
    status smallint not null, score text default 'Zebulon Quixwood', boss_id int);
  comment on column people.status is 'choices: 0=new, 1=old';
  create table clerks (login text primary key, title text, seen timestamp not null);
  create table visits (id int primary key, person_id int not null references people, clerk text references clerks, fee numeric(12,2));
  create table tiny (id int primary key, tag text);
  insert into people
    select i, 'Zebulon', 'Quixwood ' || i % 3, 'Zebulon', 'zebquix' || i || '@planted.example', '+44 7700900' || i % 10 || '00',
      447700900000 + i, 4929123000000000 + i, date '1931-07-10' + i % 9, date '1931-07-11', 'Plumtree Row ' || i,
      'has gout, says Zebulon', jsonb_build_object('who', 'Quixwood', 'tel', '447700900123'), 'hunter2hunter2',
      case when i = 7 then 99 else i % 2 end, 'Zebulon ' || i, null
    from generate_series(1, 60) i;
  insert into clerks values ('Ferdinando', 'Zebulon', '2020-01-01'), ('zebquix', 'Quixwood', '2020-01-02');
  insert into visits select i, i % 60 + 1, 'Ferdinando', i * 1.25 from generate_series(1, 120) i;
  insert into tiny values (1, 'Zebulon'), (2, 'Quixwood');`;

const source = useTestDatabase();
const target = useTestDatabase('supabase');
let open: OpenMove;
let catalog: Catalog;
let plan: PlanFile;

/** The plan as hands might leave it, quoting values wherever it can. */
function edited(proposed: PlanFile): PlanFile {
  const copy = structuredClone(proposed);
  const people = copy.entities.find(({ name }) => name === 'people')!;
  const change = (to: string, more: Partial<PlanColumn>) =>
    Object.assign(people.columns.find((column) => column.to === to)!, more);
  people.where = "id <> 1 and email <> 'zebquix1@planted.example' and first_name <> 'Zebulon Q'";
  change('first_name', {
    transform: [{ kind: 'trim' }, { kind: 'choice', map: { Zebulon: 'Quixwood' }, unknown: 'keep' }],
  });
  change('phone', { transform: [{ kind: 'default', value: '+44 7700900999' }] });
  change('note', {
    default: 'gout',
    reason: 'gout where it is empty, as “Zebulon” said to zebquix@planted.example',
  });
  people.notes.push('Zebulon asked for this.');
  copy.excluded.push({
    schema: 'public',
    table: 'gone',
    reason: "belongs to 'Zebulon Quixwood', call 07700900123",
  });
  copy.risks.push({
    severity: 'high',
    text: 'Ask “Zebulon Quixwood” or zebquix@planted.example about 07700900123.',
  });
  return planFile.parse(copy);
}

beforeAll(async () => {
  await source.query(SOURCE);
  open = openMove(source, target);
  const looked = await open.look();
  catalog = looked.catalog;
  plan = edited(looked.plan);
  await open.move(plan);
  await target.query(
    `update people set first_name = 'Zebulon Changed', birth_date = '1931-07-19', email = 'zebquix@planted.example' where legacy_id = 3`,
  );
  await target.query(`delete from visits where legacy_id = 4`);
  await target.query(`insert into towpath.quarantined_rows (run_id, entity, legacy_id, batch_id, reason, sqlstate, column_name, message, source_row)
    select run_id, 'clerks', 'zebquix', 1, 'refused-by-target', '23505', 'login',
      'duplicate key value violates unique constraint "clerks_login_key" Key (login)=(zebquix) already exists.',
      '{"login": "zebquix", "title": "Quixwood"}' from towpath.migration_control limit 1`);
  await target.query(`insert into towpath.migration_errors (run_id, entity, code, severity, message)
    select run_id, 'people', '22P02', 'minor', 'invalid input syntax for type integer: "Zebulon "the" Quixwood" (07700900123)' from towpath.migration_control limit 1`);
  await open.engine.validate({ type: 'all', entities: [], fix: false });
}, 120_000);
afterAll(() => open.close());

async function everythingTold(): Promise<readonly (readonly [string, unknown])[]> {
  const looked = { catalog, plan };
  const { engine } = open;
  const told: [string, unknown][] = [
    ['catalog', catalogFacts(looked)],
    ['catalog without a plan', catalogFacts({ catalog, plan: null })],
    ['tables', tablesFacts(looked, null)],
    ['personal', personalFacts(looked)],
    ['personal without a plan', personalFacts({ catalog, plan: null })],
    ['plan', planFacts(looked)],
    ['ddl', ddlFacts({ plan }, [])],
    ['causes', await causeFacts({ engine, plan, runId: null, entity: null })],
    ['findings', await findingsFacts(engine, null)],
    ['report', await reportFacts({ engine, files: () => [] }, null)],
    ['events', await eventFacts(engine, 100)],
  ];
  for (const table of catalog.tables) {
    told.push([`table ${table.name}`, tableFacts(looked, table.name)]);
    told.push([`table ${table.name} without a plan`, tableFacts({ catalog, plan: null }, table.name)]);
    for (const { name } of table.columns)
      told.push([`column ${table.name}.${name}`, columnFacts(looked, table.name, name)]);
  }
  for (const { name } of plan.entities) told.push([`mapping ${name}`, mappingFacts(looked, name)]);
  for (const id of ['2', '3', '7', '60'])
    told.push([`person ${id}`, await rowFacts({ engine: withoutConsent(engine), plan }, 'people', id)]);
  const clerks = await target.query<{ id: string }>('select id::text as id from clerks');
  for (const { id } of clerks)
    told.push([`clerk ${id}`, await rowFacts({ engine: withoutConsent(engine), plan }, 'clerks', id)]);
  await source.query(`alter table people alter column score set default 'Quixwood, gout'`);
  await source.query(`alter table people add constraint odd check (note <> 'Zebulon')`);
  told.push(['drift', await driftFacts({ engine, ...looked })]);
  return told;
}

test('the planted values are where they should be: the test can fail', async () => {
  const kept = JSON.stringify(catalog);
  expect(kept).toContain('4929123'); // the largest of a column is in the catalog
  expect(kept).toContain('Quixwood'); // codes of columns that only look like codes are too
  const rows = JSON.stringify(await open.engine.quarantine({}));
  for (const value of ['Zebulon', 'zebquix', 'Plumtree', 'gout']) expect(rows).toContain(value);
  const found = await open.engine.report();
  expect(JSON.stringify(found.validation)).toMatch(/Zebulon|zebquix/);
});

test('none of them is told', async () => {
  for (const [what, answer] of await everythingTold()) {
    const text = JSON.stringify(answer);
    for (const value of PLANTED) expect(text.includes(value), `${value} in ${what}: ${text}`).toBe(false);
  }
});

test('what is told is still worth telling', async () => {
  const { engine } = open;
  const aside = await rowFacts({ engine: withoutConsent(engine), plan }, 'people', '7');
  expect(aside.data).toMatchObject({ fate: 'set-aside', legacyId: '7' });
  expect(aside.data.source).toMatchObject({ id: '7', status: '00', first_name: 'Xxxxxxx', boss_id: null });
  const findings = await findingsFacts(engine, null);
  expect(findings.data.length).toBeGreaterThan(0);
  expect(columnFacts({ catalog, plan }, 'people', 'status').data.values).toEqual(['0', '1', '99']);
  expect(columnFacts({ catalog, plan }, 'people', 'account').data).toMatchObject({ min: null, max: null });
  expect(mappingFacts({ plan, catalog }, 'people').data.where).toContain('id <> 1 and email <> ');
  const key = await rowFacts({ engine: withoutConsent(engine), plan }, 'clerks', 'Ferdinando');
  expect(key.data.legacyId).toBe('Ferdinando'); // what was asked by is no secret to who asked
});
