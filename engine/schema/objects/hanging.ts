/** What hangs on one table besides columns and keys: triggers, rules, policies, grants, and what a view reads. */
import type { Table } from '../catalog.ts';
import type { GrantRow, PolicyRow, RuleRow, TriggerRow, ViewRow } from './table-objects.sql.ts';

/** By the table's number. */
export interface Hanging {
  readonly triggers: ReadonlyMap<string, readonly TriggerRow[]>;
  readonly rules: ReadonlyMap<string, readonly RuleRow[]>;
  readonly policies: ReadonlyMap<string, readonly PolicyRow[]>;
  readonly grants: ReadonlyMap<string, readonly GrantRow[]>;
  readonly views: ReadonlyMap<string, readonly ViewRow[]>;
}

type HangingFields = Pick<Table, 'triggers' | 'rules' | 'policies' | 'grants' | 'view'>;

/** Only the fields that say something. */
export function hangingOf(oid: string, all: Hanging): HangingFields {
  const triggers = all.triggers.get(oid)?.map(({ name, definition, enabled, ...row }) => ({
    name,
    definition,
    calls: { schema: row.function_schema, name: row.function_name },
    enabled,
  }));
  const rules = all.rules.get(oid)?.map(({ name, definition }) => ({ name, definition }));
  const policies = all.policies.get(oid)?.map(({ table_oid: _, ...policy }) => policy);
  const grants = all.grants.get(oid)?.map(({ grantee, privileges, column }) => ({
    grantee,
    privileges,
    ...(column === null ? {} : { column }),
  }));
  const view = all.views.get(oid)?.[0];
  return {
    ...(triggers ? { triggers } : {}),
    ...(rules ? { rules } : {}),
    ...(policies ? { policies } : {}),
    ...(grants ? { grants } : {}),
    ...(view ? { view: viewOf(view) } : {}),
  };
}

function viewOf({ definition, reads }: ViewRow): NonNullable<Table['view']> {
  return { definition, reads: reads.map(([schema, name]) => ({ schema, name })) };
}
