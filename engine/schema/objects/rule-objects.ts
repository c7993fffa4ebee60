/** Rules of one table that stay behind: what the server did when a row came, what it refused, and who might see it. */
import type { ForeignKey, Index, KeyConstraint, Table } from '../catalog.ts';
import type { CatalogObject, Policy, Trigger } from '../catalog-objects.ts';
import { displayName } from '../table-key.ts';

type Entry = Omit<CatalogObject, 'schema' | 'table'>;

export function objectsOfRules(table: Table): CatalogObject[] {
  const owner = { schema: table.schema, name: table.name };
  const entries: Entry[] = [
    ...(table.triggers ?? []).map(trigger),
    ...(table.rules ?? []).map(
      ({ name }): Entry => ({
        kind: 'rule',
        name,
        what: 'rewrites statements on this table',
        fate: 'left',
        reason: 'what it did must be done by the new system where it is still wanted',
      }),
    ),
    ...(table.policies ?? []).map(policy),
    ...(table.grants ?? []).map(
      ({ grantee, privileges, column }): Entry => ({
        kind: 'grant',
        name: column === undefined ? grantee : `${grantee} on ${column}`,
        what: `${grantee === 'public' ? 'everybody' : grantee} may ${privileges.join(', ')}`,
        fate: 'left',
        reason: 'rights in the new system are given to its own roles',
      }),
    ),
    ...(table.exclusions ?? []).map(
      ({ name, columns }): Entry => ({
        kind: 'exclusion',
        name,
        what: `no two rows may overlap in ${(columns ?? []).join(', ')}`,
        fate: 'left',
        reason: 'add it to the new table after the move; the rows that moved meet it already',
      }),
    ),
    ...[table.primaryKey, ...table.uniques].flatMap(uniqueKey),
    ...table.foreignKeys.flatMap(foreignKey),
    ...table.indexes.flatMap(index),
    ...table.checks
      .filter((check) => check.validated === false)
      .map(
        ({ name }): Entry => ({
          kind: 'check',
          name,
          what: 'a check that old rows may not meet',
          fate: 'left',
          reason: 'it was never checked for the old rows, so carrying it over would set some aside',
        }),
      ),
  ];
  return entries.map((entry) => ({ ...entry, schema: table.schema, table: owner }));
}

function trigger({ name, definition, calls, enabled }: Trigger): Entry {
  const when = /\b(BEFORE|AFTER|INSTEAD OF) (.*?) ON /.exec(definition);
  const moment = when
    ? `${when[1]} ${when[2]}`.replace(
        /\b(BEFORE|AFTER|INSTEAD|INSERT|UPDATE|DELETE|TRUNCATE|OR|OF)\b/g,
        (word) => word.toLowerCase(),
      )
    : 'at a change';
  return {
    kind: 'trigger',
    name,
    what: `${moment} calls ${displayName(calls)}${enabled ? '' : ' (switched off)'}`,
    fate: 'left',
    reason: 'what it did must be done by the new system where it is still wanted',
  };
}

function policy({ name, command, roles, permissive }: Policy): Entry {
  return {
    kind: 'policy',
    name,
    what: `row-level security ${permissive ? 'that allows' : 'that limits'} ${command} for ${roles.join(', ')}`,
    fate: 'left',
    reason: 'it names columns and roles of the old system; the new tables need rules of their own',
  };
}

/** The reference itself moves; what it did besides does not. */
function foreignKey(key: ForeignKey): Entry[] {
  const extras = [
    key.onDelete !== 'no action' && `on delete ${key.onDelete}`,
    key.onUpdate !== undefined && `on update ${key.onUpdate}`,
    key.deferrable !== undefined && `deferrable ${key.deferrable}`,
    key.match !== undefined && `match ${key.match}`,
    key.enforced === false && 'not enforced',
    key.period === true && 'over spans of time',
  ].filter((part) => part !== false);
  if (extras.length === 0) return [];
  return [
    {
      kind: 'foreign-key',
      name: key.name,
      what: `${key.columns.join(', ')} to ${displayName(key.references)}: ${extras.join(', ')}`,
      fate: 'left',
      reason: key.period
        ? 'a span of time names no one row, so the old values are kept without a reference'
        : 'the reference moves, what happens when its parent changes or goes does not; set it again where it is wanted',
    },
  ];
}

/** That its values are unique moves; how it counts does not. */
function uniqueKey(key: KeyConstraint | null): Entry[] {
  const extras = [
    key?.nullsNotDistinct && 'counts empty values as equal',
    key?.withoutOverlaps && 'keeps spans of time apart',
    key?.deferrable && 'may wait for the end of a transaction',
  ].filter((part) => typeof part === 'string');
  if (!key || extras.length === 0) return [];
  return [
    {
      kind: 'unique-key',
      name: key.name,
      what: `${key.columns.join(', ')}: ${extras.join(', ')}`,
      fate: 'left',
      reason: 'the rows that moved meet it already; set it again to keep new rows so',
    },
  ];
}

function index(item: Index): Entry[] {
  const why = [
    item.valid === false && 'its building failed',
    item.partial && 'covers some rows only',
    item.columns === null && 'is over an expression',
    item.method !== undefined && item.method !== 'btree' && `is of the kind ${item.method}`,
    item.nullsNotDistinct && 'counts empty values as equal',
  ].filter((part) => part !== false && part !== undefined);
  if (why.length === 0) return [];
  return [
    {
      kind: 'index',
      name: item.name,
      what: `${item.unique ? 'a unique index' : 'an index'} that ${why.join(' and ')}`,
      fate: 'left',
      reason: item.unique
        ? 'the rows that moved meet it already; make it again to keep new rows unique'
        : 'make it again where the new system is slow without it',
    },
  ];
}
