import { type Check, fail, listed, pass, warn } from './check.ts';
import type { SourceTable } from './source-tables.ts';

/** May this user read every table that the migration needs? */
export const sourcePrivileges: Check = {
  name: 'source-privileges',
  needs: ['source'],
  async look(context) {
    const tables = await context.sourceTables();
    const gone = tables.filter((table) => !table.exists);
    if (gone.length > 0) {
      return fail(
        `The source does not have ${gone.length === 1 ? 'the table' : 'the tables'} ${listed(gone.map(nameOf))} of the plan.`,
        'Check that SOURCE_DATABASE_URL names the right database; if the tables were removed, analyse and plan again.',
      );
    }
    if (tables.length === 0) {
      return fail(
        'The source shows no tables to this user.',
        'Check the database’s name, and grant the user usage on the schemas that hold the tables.',
      );
    }
    const unreadable = tables.filter((table) => !table.usage || !table.readable);
    if (unreadable.length === 0) return pass(`All ${tables.length} tables can be read.`);
    const message = `This user may not read ${listed(unreadable.map(nameOf))} (${unreadable.length} of ${tables.length} tables).`;
    const schemas = [...new Set(unreadable.map(({ schema }) => schema))];
    const remedy = `As the tables’ owner: ${schemas.map((schema) => `grant usage on schema ${schema} to …; grant select on all tables in schema ${schema} to …;`).join(' ')}`;
    return context.plan ? fail(message, remedy) : warn(message, remedy);
  },
};

export function nameOf({ schema, name }: Pick<SourceTable, 'schema' | 'name'>): string {
  return `${schema}.${name}`;
}
