/** Names that PostgreSQL takes and programs do not expect: as long as they go, quoted, in any script, and Towpath's own. */

/** 63 bytes, in characters of one and of three bytes. */
const LONG = 'l'.repeat(63);
const LONGER = `${'l'.repeat(62)}m`;
const WIDE = '長'.repeat(21);

export const HOSTILE_NAMES: readonly string[] = [
  LONG,
  LONGER,
  WIDE,
  `${'ö'.repeat(31)}x`,
  ' ',
  '  two  ',
  '!!!',
  '1',
  '1st',
  '-',
  '.',
  'a.b',
  'a"b',
  '"',
  `it's`,
  'back\\slash',
  'per%cent $1 $$',
  'new\nline',
  'tab\tstop',
  '\u202Eright to left',
  'zero\u200Bwidth',
  '😀',
  'é',
  'e\u0301',
  'Ünï',
  'select',
  'SELECT',
  'user',
  'order',
  'group by',
  'null',
  'true',
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'First Name',
  'first_name',
  'firstName',
  'FIRST NAME',
  'First-Name',
  '; drop table x;--',
  '<b>x</b>',
  '{{7*7}}',
];

/** What Towpath calls its own columns, in the target, in the control schema and in its queries. */
export const CONTROL_NAMES: readonly string[] = [
  ...[
    'id',
    'legacy_id',
    'metadata',
    'created_at',
    'updated_at',
    'new_id',
    'batch_id',
    'entity',
    'entity_no',
    'run_id',
  ],
  ...[
    'source_id',
    'reason',
    'sqlstate',
    'row',
    'rows',
    'repairs',
    'oid_',
    't',
    'n',
    'k0',
    'c0',
    'v0',
    'one',
    'sampled',
  ],
  ...[
    'towpath_row',
    'towpath_ordinal',
    'towpath_content_key',
    '_repaired',
    'source_metadata',
    'source_legacy_id',
  ],
  ...['source_id_2', 'type', 'key', 'value', 'name', 'schema', 'table', 'column', 'position'],
];

export function hostileNamesSql(): string {
  return [tables(), columns(), control(), schemas()].join('\n');
}

/** Each name is a table that refers to the one before it, and each table's key is called like the table. */
function tables(): string {
  return HOSTILE_NAMES.map((name, i) => {
    const before = HOSTILE_NAMES[i - 1];
    const up = before === undefined ? '' : `, "up" bigint references ${quote(before)}`;
    return `create table ${quote(name)} (${quote(name)} bigint primary key${up}, note text);
comment on table ${quote(name)} is ${literal(name)};
insert into ${quote(name)} values (${i}, ${before === undefined ? '' : `${i - 1}, `}${literal(name)}), (${-i - 1}, ${before === undefined ? '' : 'null, '}null);`;
  }).join('\n');
}

/** All names as columns of one table, with a key of two of them; and all again without a key. */
function columns(): string {
  const list = HOSTILE_NAMES.map((name, i) => `${quote(name)} ${i % 2 === 0 ? 'text' : 'integer'}`).join(
    ', ',
  );
  const values = HOSTILE_NAMES.map((name, i) => (i % 2 === 0 ? literal(name) : String(i))).join(', ');
  return `
create table every_name (${list}, primary key (${quote('"')}, ${quote('😀')}));
insert into every_name (${HOSTILE_NAMES.map(quote).join(', ')}) values (${values});
create table every_name_keyless (${list});
insert into every_name_keyless values (${values}), (${values});
create table points_there (id integer primary key, "a ""b""" ${typeOf('"')}, "c'd" ${typeOf('😀')},
  constraint ${quote(LONG)} foreign key ("a ""b""", "c'd") references every_name (${quote('"')}, ${quote('😀')}));
insert into points_there select 1, ${quote('"')}, ${quote('😀')} from every_name;
insert into points_there values (2, null, null);`;
}

function typeOf(name: string): string {
  return HOSTILE_NAMES.indexOf(name) % 2 === 0 ? 'text' : 'integer';
}

/** Towpath's own names, as texts beside a key, as the key's parts, as references, and without a key. */
function control(): string {
  const texts = CONTROL_NAMES.map((name) => `${quote(name)} text`).join(', ');
  const values = CONTROL_NAMES.map((name) => literal(`own ${name}`)).join(', ');
  const numbers = CONTROL_NAMES.map((name) => `${quote(name)} integer`).join(', ');
  const references = CONTROL_NAMES.map((name) => `${quote(name)} integer references control_parent`).join(
    ', ',
  );
  return `
create table control_keyed (real_key integer primary key, ${texts});
insert into control_keyed values (1, ${values}), (2, ${CONTROL_NAMES.map(() => 'null').join(', ')});
create table control_keyless (${texts});
insert into control_keyless values (${values}), (${values});
create table control_parts (${numbers}, primary key (id, legacy_id, metadata, batch_id));
insert into control_parts values (${CONTROL_NAMES.map((_, i) => i).join(', ')});
create table control_parent (legacy_id serial primary key, id uuid, created_at date, updated_at integer, metadata jsonb);
insert into control_parent values (1, '00000000-0000-0000-0000-000000000001', '2020-01-01', 5, '{"id": 1}'), (2, null, null, null, null);
create table control_references (key_ integer primary key, ${references});
insert into control_references values (1, ${CONTROL_NAMES.map((_, i) => 1 + (i % 2)).join(', ')}), (2, ${CONTROL_NAMES.map(() => 'null').join(', ')});
create table id_is_text (id text primary key, legacy_id integer unique, created_at timestamp, updated_at text);
insert into id_is_text values ('x', 2, '2020-01-01', 'never'), ('2', null, null, null);
create table by_legacy_id (id integer primary key, legacy_id integer references id_is_text (legacy_id));
insert into by_legacy_id values (1, 2), (2, null);
create table migration_mappings (entity text, legacy_id text, new_id uuid, primary key (entity, legacy_id));
insert into migration_mappings values ('a', '1', '00000000-0000-0000-0000-000000000001');
create table quarantined_rows (id integer primary key);
create table runs (id integer primary key);`;
}

/** The same tables in schemas with names of the same sort; one is called nearly like Towpath's. */
function schemas(): string {
  return ['Odd "one"', 'select', '東 京', 'Towpath', WIDE]
    .map(
      (name, i) => `create schema ${quote(name)};
create table ${quote(name)}.runs (id integer primary key, up integer references public.runs, v text);
insert into public.runs values (${i}); insert into ${quote(name)}.runs values (${i}, ${i}, ${literal(name)});`,
    )
    .join('\n');
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `$hostile$${text}$hostile$`;
}
