/** What hangs on the tables of the schemas of $1 (text[]): triggers, rules, policies, grants, and what views read. */

/** The server's own triggers (foreign keys) and its copies for partitions are left out. */
export function triggersSql(versionNum: number): string {
  return `
    select tg.tgrelid::int8::text as table_oid,
           tg.tgname::text as name,
           pg_catalog.pg_get_triggerdef(tg.oid) as definition,
           fn.nspname::text as function_schema,
           p.proname::text as function_name,
           tg.tgenabled <> 'D' as enabled
      from pg_catalog.pg_trigger tg
      join pg_catalog.pg_class c on c.oid = tg.tgrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_proc p on p.oid = tg.tgfoid
      join pg_catalog.pg_namespace fn on fn.oid = p.pronamespace
     where n.nspname = any($1::text[]) and not tg.tgisinternal
       ${versionNum >= 130000 ? 'and tg.tgparentid = 0' : ''}
     order by tg.tgrelid, tg.tgname`;
}

export interface TriggerRow {
  readonly table_oid: string;
  readonly name: string;
  readonly definition: string;
  readonly function_schema: string;
  readonly function_name: string;
  readonly enabled: boolean;
}

export function rulesSql(): string {
  return `
    select r.ev_class::int8::text as table_oid,
           r.rulename::text as name,
           pg_catalog.pg_get_ruledef(r.oid) as definition
      from pg_catalog.pg_rewrite r
      join pg_catalog.pg_class c on c.oid = r.ev_class
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1::text[]) and r.rulename <> '_RETURN'
     order by r.ev_class, r.rulename`;
}

export interface RuleRow {
  readonly table_oid: string;
  readonly name: string;
  readonly definition: string;
}

export function policiesSql(): string {
  return `
    select p.polrelid::int8::text as table_oid,
           p.polname::text as name,
           p.polpermissive as permissive,
           case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
                         when 'd' then 'delete' else 'all' end as command,
           array(select case when r.oid = 0 then 'public' else pg_catalog.pg_get_userbyid(r.oid)::text end
                   from unnest(p.polroles) r(oid) order by 1) as roles,
           pg_catalog.pg_get_expr(p.polqual, p.polrelid) as using,
           pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) as check
      from pg_catalog.pg_policy p
      join pg_catalog.pg_class c on c.oid = p.polrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1::text[])
     order by p.polrelid, p.polname`;
}

export interface PolicyRow {
  readonly table_oid: string;
  readonly name: string;
  readonly permissive: boolean;
  readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete';
  readonly roles: string[];
  readonly using: string | null;
  readonly check: string | null;
}

/** Rights of others than the owner, on tables and on single columns. */
export function grantsSql(): string {
  return `
    select g.oid::int8::text as table_oid, g.column, g.grantee,
           array_agg(g.privilege order by g.privilege) as privileges
      from (select c.oid, null::text as column, c.relowner,
                   case when x.grantee = 0 then 'public' else pg_catalog.pg_get_userbyid(x.grantee)::text end as grantee,
                   x.grantee as grantee_oid, lower(x.privilege_type) as privilege
              from pg_catalog.pg_class c
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             cross join lateral aclexplode(c.relacl) x
             where n.nspname = any($1::text[]) and c.relkind in ('r', 'p', 'f', 'v', 'm')
            union all
            select c.oid, a.attname::text, c.relowner,
                   case when x.grantee = 0 then 'public' else pg_catalog.pg_get_userbyid(x.grantee)::text end,
                   x.grantee, lower(x.privilege_type)
              from pg_catalog.pg_attribute a
              join pg_catalog.pg_class c on c.oid = a.attrelid
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             cross join lateral aclexplode(a.attacl) x
             where n.nspname = any($1::text[]) and a.attnum > 0 and not a.attisdropped
               and c.relkind in ('r', 'p', 'f', 'v', 'm')) g
     where g.grantee_oid <> g.relowner
     group by 1, 2, 3
     order by 1, 2 nulls first, 3`;
}

export interface GrantRow {
  readonly table_oid: string;
  readonly column: string | null;
  readonly grantee: string;
  readonly privileges: string[];
}

export function viewsSql(): string {
  return `
    select c.oid::int8::text as table_oid,
           pg_catalog.pg_get_viewdef(c.oid) as definition,
           array(select distinct array[rn.nspname::text, rc.relname::text]
                   from pg_catalog.pg_rewrite r
                   join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
                                              and d.refclassid = 'pg_catalog.pg_class'::regclass
                   join pg_catalog.pg_class rc on rc.oid = d.refobjid and rc.relkind in ('r', 'p', 'f', 'v', 'm')
                   join pg_catalog.pg_namespace rn on rn.oid = rc.relnamespace
                  where r.ev_class = c.oid and rc.oid <> c.oid
                  order by 1) as reads
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1::text[]) and c.relkind in ('v', 'm')
     order by c.oid`;
}

export interface ViewRow {
  readonly table_oid: string;
  readonly definition: string;
  /** Pairs of schema and name. */
  readonly reads: (readonly [string, string])[];
}
