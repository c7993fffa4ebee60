/**
 * What stands beside the tables: in the schemas of $1 (text[]) functions, operators, collations, text search and
 * statistics; in the database extensions' homes, foreign servers, publications, subscriptions, event triggers, large
 * objects, and schemas that were not looked into. What an extension or a type brought along is told by it.
 */
export function otherObjectsSql(): string {
  const parts = [
    `select case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end as kind,
            n.nspname::text as schema,
            p.proname::text || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')' as name,
            l.lanname::text as detail
       from pg_catalog.pg_proc p
       join pg_catalog.pg_namespace n on n.oid = p.pronamespace
       join pg_catalog.pg_language l on l.oid = p.prolang
      where n.nspname = any($1::text[]) and ${ofNobodyElse('pg_proc', 'p.oid')}`,
    inSchema('operator', 'pg_operator', 'oprname', 'oprnamespace'),
    inSchema('collation', 'pg_collation', 'collname', 'collnamespace'),
    inSchema('text-search', 'pg_ts_config', 'cfgname', 'cfgnamespace'),
    inSchema('text-search', 'pg_ts_dict', 'dictname', 'dictnamespace'),
    inSchema('statistics', 'pg_statistic_ext', 'stxname', 'stxnamespace'),
    `select 'foreign-server', null, s.srvname::text, w.fdwname::text
       from pg_catalog.pg_foreign_server s join pg_catalog.pg_foreign_data_wrapper w on w.oid = s.srvfdw`,
    `select 'publication', null, pubname::text, case when puballtables then 'all tables' else 'some tables' end
       from pg_catalog.pg_publication`,
    `select 'subscription', null, subname::text, null from pg_catalog.pg_subscription s
      join pg_catalog.pg_database d on d.oid = s.subdbid and d.datname = current_database()`,
    `select 'event-trigger', null, e.evtname::text, e.evtevent::text from pg_catalog.pg_event_trigger e
      where ${ofNobodyElse('pg_event_trigger', 'e.oid')}`,
    `select 'large-objects', null, 'large objects', count(*)::text from pg_catalog.pg_largeobject_metadata having count(*) > 0`,
    `select 'schema', null, n.nspname::text,
            case when not has_schema_privilege(n.oid, 'usage') then 'closed'
                 else (select count(*)::text from pg_catalog.pg_class c
                        where c.relnamespace = n.oid and c.relkind in ('r', 'p', 'f', 'v', 'm')) end
       from pg_catalog.pg_namespace n
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and n.nspname <> all($1::text[])`,
  ];
  return `${parts.join('\n    union all\n    ')}\n    order by 1, 2, 3`;
}

function inSchema(kind: string, table: string, name: string, schema: string): string {
  return `select '${kind}', n.nspname::text, x.${name}::text, null
       from pg_catalog.${table} x join pg_catalog.pg_namespace n on n.oid = x.${schema}
      where n.nspname = any($1::text[]) and ${ofNobodyElse(table, 'x.oid')}`;
}

function ofNobodyElse(table: string, oid: string): string {
  return `not exists (select 1 from pg_catalog.pg_depend d
                      where d.classid = 'pg_catalog.${table}'::regclass and d.objid = ${oid} and d.deptype in ('e', 'i'))`;
}

export type OtherKind =
  | 'function'
  | 'procedure'
  | 'aggregate'
  | 'operator'
  | 'collation'
  | 'text-search'
  | 'statistics'
  | 'foreign-server'
  | 'publication'
  | 'subscription'
  | 'event-trigger'
  | 'large-objects'
  | 'schema';

export interface OtherObjectRow {
  readonly kind: OtherKind;
  readonly schema: string | null;
  readonly name: string;
  readonly detail: string | null;
}

export function extensionsSql(): string {
  return `
    select e.extname::text as name, n.nspname::text as schema, e.extversion as version
      from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
     where e.extname <> 'plpgsql'
     order by 1`;
}

export interface ExtensionRow {
  readonly name: string;
  readonly schema: string;
  readonly version: string;
}
