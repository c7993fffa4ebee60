import type { PlanFile } from '../plan/plan-file.ts';
import { type Check, fail, listed, type PreflightContext, pass, warn } from './check.ts';
import { availableExtensionsSql, extensionTypesSql } from './extensions.sql.ts';

interface ExtensionType {
  readonly extension: string;
  readonly type: string;
}

interface Available {
  readonly name: string;
  readonly installed: boolean;
}

/** Types that come with an extension (citext, hstore, PostGIS): does the target have those that it will need? */
export const extensions: Check = {
  name: 'target-extensions',
  needs: ['source', 'target'],
  async look(context) {
    const used = await usedTypes(context);
    const needed = context.plan ? used.filter(({ type }) => planUses(context.plan!, type)) : used;
    if (needed.length === 0) {
      const kept =
        used.length > 0 ? ` The source’s ${listed(namesOf(used))} is not needed for the plan’s types.` : '';
      return pass(`No column needs an extension.${kept}`);
    }
    const offered = await context.database('target').query<Available>(availableExtensionsSql());
    const names = namesOf(needed);
    const absent = names.filter((name) => !offered.some((offer) => offer.name === name));
    if (absent.length > 0) {
      const message = `Columns of the source use ${listed(absent)}, which the target’s server does not offer.`;
      const remedy =
        'Map these columns to types that the target has, or install the extension on its server.';
      return context.plan ? fail(message, remedy) : warn(message, remedy);
    }
    const waiting = names.filter((name) => !offered.some((offer) => offer.name === name && offer.installed));
    if (waiting.length === 0) return pass(`The target has ${listed(names)}.`);
    const message = `The target offers ${listed(waiting)}, but has not got it installed yet.`;
    const remedy = `On the target: ${waiting.map((name) => `create extension if not exists "${name}";`).join(' ')}`;
    return context.plan ? fail(message, remedy) : warn(message, remedy);
  },
};

async function usedTypes(context: PreflightContext): Promise<ExtensionType[]> {
  const tables = await context.sourceTables();
  return context
    .database('source')
    .query<ExtensionType>(extensionTypesSql(), [
      tables.map(({ schema }) => schema),
      tables.map(({ name }) => name),
    ]);
}

function planUses(plan: PlanFile, type: string): boolean {
  return plan.entities.some((entity) => entity.columns.some((column) => bareName(column.type) === type));
}

/** `extensions.citext[]` → `citext`. */
function bareName(sqlType: string): string {
  return sqlType
    .replace(/\(.*\)|\[.*\]/g, '')
    .replace(/^.*\./, '')
    .replaceAll('"', '')
    .trim()
    .toLowerCase();
}

function namesOf(types: readonly ExtensionType[]): string[] {
  return [...new Set(types.map(({ extension }) => extension))];
}
