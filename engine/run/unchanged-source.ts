/** A plan, and every yes to it, is for one shape of the source. Where that has changed, the change is named if it can be. */
import { MigrationError } from '../core/errors.ts';
import { readCurrentCatalog } from '../plan/current-catalog.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { sourceDrift } from '../plan/source-drift.ts';
import type { Catalog } from '../schema/catalog.ts';
import { parseCatalog } from '../schema/catalog-schema.ts';
import { introspect } from '../schema/introspect.ts';
import type { RunDependencies } from './run-dependencies.ts';

const CATALOG_ARTIFACT = 'catalog';
/** More are counted, not listed. */
const NAMED = 5;

/** Throws SOURCE_DRIFT. */
export async function readUnchangedSource(
  { source, control }: Pick<RunDependencies, 'source' | 'control'>,
  plan: PlanFile,
): Promise<Catalog> {
  try {
    return await readCurrentCatalog(source, plan);
  } catch (error) {
    if (!(error instanceof MigrationError) || error.code !== 'SOURCE_DRIFT') throw error;
    const kept = await control.artifacts.find(plan.source.fingerprint);
    if (!kept) throw error;
    const now = await introspect(source, { schemas: plan.source.schemas, profiles: false, counts: 'none' });
    const drift = sourceDrift(plan, parseCatalog(kept.content), now);
    const changes = drift.changes.map(({ table, text }) => `${table}: ${text}`);
    const first = drift.changes.find(({ entity }) => entity !== null) ?? drift.changes[0];
    const { code, hint, details, message } = error;
    throw new MigrationError({
      code,
      message: changes.length === 0 ? message : `${message} ${inWords(changes)}`,
      hint: first ? `${first.advice} ${hint}` : hint,
      details: { ...details, changes, affected: drift.affected },
    });
  }
}

/** So that a later change can be named. Only the structure: what was seen in rows stays where analysis keeps it. */
export async function keepCatalog(
  { control }: Pick<RunDependencies, 'control'>,
  { inferred: _inferred, tables, ...catalog }: Catalog,
): Promise<void> {
  const bare = tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => ({ ...column, profile: null })),
  }));
  const content: Catalog = { ...catalog, tables: bare, inferred: [] };
  await control.artifacts.put({ hash: catalog.fingerprint, kind: CATALOG_ARTIFACT, content });
}

function inWords(changes: readonly string[]): string {
  const more = changes.length - NAMED;
  return `${changes.slice(0, NAMED).join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}
