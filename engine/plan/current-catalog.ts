/** A plan is made for one shape of the source; a run refuses to start on another. */
import { MigrationError } from '../core/errors.ts';
import type { Database } from '../db/database.ts';
import type { Catalog } from '../schema/catalog.ts';
import { introspect } from '../schema/introspect.ts';
import type { PlanFile } from './plan-file.ts';

/** Reads the structure of the source, without samples and counts, and throws SOURCE_DRIFT where it is not the plan's. */
export async function readCurrentCatalog(source: Database, plan: PlanFile): Promise<Catalog> {
  const catalog = await introspect(source, { schemas: plan.source.schemas, profiles: false, counts: 'none' });
  if (catalog.fingerprint === plan.source.fingerprint) return catalog;
  throw new MigrationError({
    code: 'SOURCE_DRIFT',
    message: 'The tables of the source are no longer those that this plan was made for.',
    hint: 'Nothing was changed. Run “towpath analyze” to see what changed, and “towpath plan” for a plan that fits.',
    details: { expected: plan.source.fingerprint, actual: catalog.fingerprint },
  });
}
