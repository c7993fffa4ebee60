import { createsTable } from '../plan/creates-table.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { type Check, fail, listed, pass } from './check.ts';
import { createPrivilegesSql, insertPrivilegesSql } from './target-privileges.sql.ts';

interface CreatePrivileges {
  readonly database: boolean;
  readonly temporary: boolean;
  readonly schemas: readonly { readonly name: string; readonly exists: boolean; readonly create: boolean }[];
}

/** May this user create the control schema and the tables, or write to the tables that are there? */
export const targetPrivileges: Check = {
  name: 'target-privileges',
  needs: ['target'],
  async look(context) {
    const target = context.database('target');
    const { plan } = context;
    const schemas = ['towpath', ...targetSchemas(plan ?? null)];
    const [row] = await target.query<CreatePrivileges>(createPrivilegesSql(), [schemas]);
    const lacking = lackingPrivileges(row!);
    const existing = plan?.entities.filter((entity) => !createsTable(plan, entity)) ?? [];
    if (existing.length > 0) {
      const tables = existing.map((entity) => entity.target);
      const closed = await target.query<{ name: string }>(insertPrivilegesSql(), [
        tables.map(({ schema }) => schema),
        tables.map(({ table }) => table),
      ]);
      if (closed.length > 0) lacking.push(`writing to ${listed(closed.map(({ name }) => name))}`);
    }
    if (lacking.length === 0) return pass('This user may create schemas, tables and temporary tables.');
    return fail(
      `On the target this user lacks the privilege for: ${lacking.join('; ')}.`,
      'Connect as the owner of the database (with Supabase: postgres), or let the owner grant it: grant create, temporary on database … to …; grant create on schema … to ….',
    );
  },
};

function targetSchemas(plan: PlanFile | null): string[] {
  const made = plan?.entities.filter((entity) => createsTable(plan, entity)) ?? [];
  return [...new Set(made.map((entity) => entity.target.schema))];
}

function lackingPrivileges({ database, temporary, schemas }: CreatePrivileges): string[] {
  const missing = schemas.filter(({ exists, create }) => (exists ? !create : !database));
  const lacking = missing.map(({ name, exists }) =>
    exists ? `creating tables in schema ${name}` : `creating the schema ${name}`,
  );
  return temporary ? lacking : [...lacking, 'creating temporary tables'];
}
