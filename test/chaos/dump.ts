/** A database as text, so that two moments can be compared: every object, its rights and comments, and every row. */
import type { Place } from './lane.ts';

/** `withLedger`: also what Towpath keeps about its runs. */
export async function dumpTarget(place: Place, { withLedger }: { withLedger: boolean }): Promise<string> {
  const hidden = ['pg_catalog', 'information_schema', 'pg_toast', ...(withLedger ? [] : ['towpath'])];
  const objects = await place.query<{ line: string }>('target', objectsSql, [hidden]);
  const tables = await place.query<{ name: string }>('target', tablesSql, [hidden]);
  const rows = tables.map(
    ({ name }) => `select '${name.replaceAll("'", "''")} ' || t::text as line from ${name} t`,
  );
  const content =
    rows.length === 0 ? [] : await place.query<{ line: string }>('target', rows.join('\nunion all\n'));
  return [...objects, ...content]
    .map(({ line }) => line)
    .sort()
    .join('\n');
}

/** The first lines that only one of them has. */
export function firstDifferences(before: string, after: string): string[] {
  const [old, now] = [new Set(before.split('\n')), new Set(after.split('\n'))];
  const gone = [...old].filter((line) => !now.has(line)).map((line) => `- ${line}`);
  const come = [...now].filter((line) => !old.has(line)).map((line) => `+ ${line}`);
  return [...gone, ...come].slice(0, 8).map((line) => line.slice(0, 300));
}

const tablesSql = `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'r' and n.nspname <> all($1) order by 1`;

const objectsSql = `
  with shown as (select oid, nspname from pg_namespace where nspname <> all($1) and nspname not like 'pg\\_temp%' and nspname not like 'pg\\_toast%')
  select concat_ws(' | ', 'schema', nspname, pg_get_userbyid(nspowner), nspacl::text) as line from pg_namespace where oid in (select oid from shown)
  union all
  select concat_ws(' | ', 'relation', c.oid::regclass::text, c.relkind, pg_get_userbyid(c.relowner), c.relacl::text, c.reloptions::text,
    c.relrowsecurity::text, coalesce(obj_description(c.oid, 'pg_class'), ''), case when c.relkind = 'S' then pg_sequence_last_value(c.oid)::text end)
    from pg_class c where relnamespace in (select oid from shown) and relkind <> 'i'
  union all
  select concat_ws(' | ', 'column', a.attrelid::regclass::text, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::text,
    pg_get_expr(d.adbin, d.adrelid), coalesce(col_description(a.attrelid, a.attnum), ''))
    from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where c.relnamespace in (select oid from shown) and a.attnum > 0 and not a.attisdropped
  union all
  select concat_ws(' | ', 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated::text)
    from pg_constraint where connamespace in (select oid from shown)
  union all
  select concat_ws(' | ', 'index', pg_get_indexdef(i.indexrelid), i.indisvalid::text) from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace in (select oid from shown)
  union all
  select concat_ws(' | ', 'trigger', tgrelid::regclass::text, pg_get_triggerdef(t.oid), tgenabled) from pg_trigger t
    join pg_class c on c.oid = t.tgrelid where not tgisinternal and c.relnamespace in (select oid from shown)
  union all
  select concat_ws(' | ', 'function', oid::regprocedure::text, md5(prosrc), proacl::text) from pg_proc where pronamespace in (select oid from shown)
  union all
  select concat_ws(' | ', 'type', oid::regtype::text, typtype) from pg_type where typnamespace in (select oid from shown)
  union all
  select concat_ws(' | ', 'policy', polrelid::regclass::text, polname) from pg_policy
  union all
  select concat_ws(' | ', 'publication', pubname) from pg_publication`;
