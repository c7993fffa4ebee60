/**
 * Plants the defects: first the list of what goes where (`sample.planted`), then one update per kind that reads it,
 * so that the manifest cannot say anything the data does not hold.
 */
import { quoteLiteral } from '../engine/db/quote.ts';
import type { DefectLayout, PlacedDefect } from './defect-layout.ts';

/** `occurrence` counts the rows of one form; `form` is the place in the list of forms, from 1. */
export const createManifest = /* sql */ `
create table sample.planted (
  legacy_table text not null, id integer, kind text not null, column_name text, expected text not null,
  form integer not null, occurrence integer not null, note text not null
);
create table sample.sample_defects (
  legacy_table text not null,
  legacy_id text not null,
  kind text not null,
  column_name text,
  expected text not null check (expected in ('migrated', 'repaired', 'quarantined')),
  note text not null,
  primary key (legacy_table, legacy_id, kind)
);
comment on table sample.sample_defects is 'Every defect planted in the sample, one row each; expected says what a migration should do with the row';`;

export function listDefects(layout: DefectLayout): string {
  return [...layout.values()]
    .flatMap(({ stride, placed }) => placed.map((defect) => listDefect(stride, defect)))
    .join('');
}

function listDefect(
  stride: number,
  { table, kind, column, expected, forms, first, count, back }: PlacedDefect,
): string {
  const columnName = column === null ? 'null' : quoteLiteral(column);
  return `insert into sample.planted
    select ${quoteLiteral(table)}, ${stride} * (${first} + i - 1) - ${back}, ${quoteLiteral(kind)}, ${columnName},
      ${quoteLiteral(expected)}, 1 + (i - 1) % ${forms.length}, 1 + (i - 1) / ${forms.length},
      (array[${forms.map(quoteLiteral).join(', ')}])[1 + (i - 1) % ${forms.length}]
    from generate_series(1, ${count}) i;\n`;
}

const plant = (table: string, kind: string, column: string, set: string) => /* sql */ `
update ${table} t set ${column} = ${set}
from sample.planted p
where p.legacy_table = '${table}' and p.kind = '${kind}' and p.column_name = '${column}' and t.id = p.id;`;

const orphan = (parents: string) =>
  `case p.form when 1 then ${parents} + 1000 + p.id when 2 then 1 - p.occurrence else 2147483648 - p.occurrence end`;

const people = [
  /* sql */ `
update auth_user t set email = case p.form when 1 then upper(earlier.email collate "C") else ' ' || earlier.email || ' ' end
from sample.planted p join auth_user earlier on earlier.id = p.id - 1
where p.legacy_table = 'auth_user' and p.kind = 'duplicate-email' and t.id = p.id;`,
  plant('auth_user', 'malformed-email', 'email', "(array['bob@', 'a b@c', ''])[p.form]"),
  plant('dispatch_patient', 'required-null', 'last_name', 'null'),
  plant(
    'dispatch_patient',
    'impossible-value',
    'birth_date',
    "(array[date '0001-01-01', date '2199-12-31'])[p.form]",
  ),
  plant('dispatch_office', 'too-long', 'zip', "t.zip || ' (deliveries at the rear entrance)'"),
  /* sql */ `
create table sample.copied as
  select * from dispatch_patient_doctor_office
  where exists (select from sample.planted where kind = 'duplicate-row')
  order by assigned_at limit 1;
delete from dispatch_patient_doctor_office
where exists (select from sample.copied)
  and assigned_at = (select max(assigned_at) from dispatch_patient_doctor_office);
insert into dispatch_patient_doctor_office select * from sample.copied;`,
];

const work = [
  plant('dispatch_order', 'required-null', 'currency', 'null'),
  plant('dispatch_order', 'unknown-choice', 'status', '99'),
  plant('dispatch_task', 'unknown-choice', 'status', '99'),
  plant('dispatch_task', 'orphan-nullable', 'assignee_id', orphan('sample.size_user()')),
  plant('dispatch_jaw', 'orphan-nullable', 'order_id', orphan('sample.size_order()')),
  plant('dispatch_file', 'orphan-nullable', 'uploaded_by_id', orphan('sample.size_user()')),
  plant('dispatch_case_file', 'orphan-required', 'file_id', orphan('sample.size_file()')),
  plant('dispatch_payment', 'orphan-required', 'purchase_id', orphan('sample.size_purchase()')),
  plant(
    'dispatch_payment',
    'excess-scale',
    'amount',
    '(t.amount::numeric(12,2) + (array[0.005, 0.123456])[p.form])::numeric',
  ),
  plant('dispatch_payment', 'nan', 'amount', "'NaN'"),
  plant('dispatch_customer_feedback', 'impossible-value', 'rating', '(array[0, 9])[p.form]'),
  plant('dispatch_discount', 'impossible-value', 'percent', '250'),
  plant(
    'dispatch_case_state',
    'extreme-timestamp',
    'changed_at',
    `(array[timestamp 'infinity', timestamp '-infinity', timestamp '1752-09-14 00:00:00', timestamp '0044-03-15 12:00:00 BC',
      timestamp '12026-01-01 00:00:00', timestamp '294276-12-31 23:59:59.999999'])[p.form]`,
  ),
];

/** The row after a cycle's first row is its partner; the row after a row that looks ahead must not look back. */
const selfReferences = /* sql */ `
insert into sample.planted
  select legacy_table, id + 1, kind, column_name, expected, form, occurrence, note
  from sample.planted where kind = 'self-reference' and note like 'two rows%';
update dispatch_task t set parent_id = null
from sample.planted p
where p.legacy_table = 'dispatch_task' and p.kind = 'self-reference' and p.form = 1 and t.id = p.id + 1;
update dispatch_task t set parent_id = case p.form when 1 then p.id + 1 when 2 then p.id else cycle.other end
from sample.planted p
left join lateral (
  select o.id as other from sample.planted o
  where o.legacy_table = p.legacy_table and o.kind = p.kind and o.form = p.form and o.occurrence = p.occurrence and o.id <> p.id
) cycle on true
where p.legacy_table = 'dispatch_task' and p.kind = 'self-reference' and t.id = p.id;
update dispatch_category t set parent_id = o.id
from sample.planted p join sample.planted o on o.legacy_table = p.legacy_table and o.kind = p.kind and o.id <> p.id
where p.legacy_table = 'dispatch_category' and p.kind = 'self-reference' and t.id = p.id;`;

/** In the order of the forms in defect-kinds.ts. `sixteen letters ` is 16 bytes, hence exactly 1 MiB. */
const hostileTexts = String.raw`case p.form
  when 1 then '\N' || chr(10) || '\.' || chr(10) || '\x00 \000 \u0000 \0 \\ \' || chr(9) || '%00 &#0; \N'
  when 2 then 'FranÃ§ois â€œquotedâ€' || chr(157) || ' ÃƒÂ© ' || chr(65533) || chr(128) || ' ï¿½'
  when 3 then chr(65279) || chr(8238) || 'gpj.exe' || chr(8236) || chr(8294) || 'שלום' || chr(8297) || chr(8207) || 'مرحبا'
    || chr(8203) || chr(8205) || 'Z' || repeat(chr(776), 40)
  when 4 then repeat('sixteen letters ', 65536)
  when 5 then (select string_agg(chr(i), '' order by i) from generate_series(1, 31) i) || chr(127) || chr(133) || chr(8232)
  else chr(128105) || chr(8205) || chr(128187) || chr(127482) || chr(127480) || chr(65534) || chr(65535) || chr(1114111) || chr(119070)
end`;

const messages = [
  plant('dispatch_message', 'too-long', 'subject', "left(repeat(t.subject || ' ', 12), 300)"),
  plant('dispatch_message', 'hostile-text', 'body', hostileTexts),
];

export const plantDefects = [...people, ...work, selfReferences, ...messages].join('\n');

/** Copies the list into the manifest; a row without a key is named by its references. */
export const writeManifest = /* sql */ `
insert into sample.sample_defects (legacy_table, legacy_id, kind, column_name, expected, note)
select p.legacy_table,
  case when p.kind = 'duplicate-row'
    then format('patient_id=%s doctor_id=%s office_id=%s', c.patient_id, c.doctor_id, c.office_id)
    else p.id::text end,
  p.kind, p.column_name, p.expected, p.note
from sample.planted p
left join sample.copied c on p.kind = 'duplicate-row'
order by p.legacy_table, p.id, p.kind;
drop table sample.planted, sample.copied;`;
