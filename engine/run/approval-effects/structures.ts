/**
 * The states of source and target that an approval is bound to: the structure of the tables, not their rows. Of the target
 * only the schemas that the plan writes; Towpath's own is left out, since every step changes it.
 */
import type { Database } from '../../db/database.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { hashOf } from '../../schema/canonical-json.ts';
import type { Catalog } from '../../schema/catalog.ts';
import { introspect } from '../../schema/introspect.ts';
import { schemasThereSql } from './structures.sql.ts';

export function readSourceStructure(source: Database, plan: PlanFile): Promise<Catalog> {
  return introspect(source, { schemas: plan.source.schemas, profiles: false, counts: 'none' });
}

export async function targetFingerprint(target: Database, plan: PlanFile): Promise<string> {
  const schemas = [
    ...new Set([plan.target.schema, ...plan.entities.map((entity) => entity.target.schema)]),
  ].sort();
  const there = await target.query<{ name: string }>(schemasThereSql, [schemas]);
  const present = there.map(({ name }) => name);
  const structure =
    present.length === 0
      ? null
      : await introspect(target, { schemas: present, profiles: false, counts: 'none' });
  return hashOf({ schemas, structure: structure?.fingerprint ?? null });
}
