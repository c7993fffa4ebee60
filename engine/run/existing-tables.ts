/**
 * Tables that were there before: may they be written to, and which entities must be written to with the triggers of
 * their tables quiet (copy/quiet-triggers.ts)? That is so where the table has triggers, unless the plan lets them fire, and
 * where rows refer to rows that come later, since the table's foreign keys are there already and would refuse them.
 */
import { mayKeepTriggersQuiet } from '../copy/quiet-triggers.ts';
import { MigrationError } from '../core/errors.ts';
import type { Session } from '../db/database.ts';
import { quoteTable } from '../db/quote.ts';
import { createsTable } from '../plan/creates-table.ts';
import type { PlanEntity, PlanFile } from '../plan/plan-file.ts';
import { joinWords } from '../report/words.ts';
import { existingTableSql } from './existing-tables.sql.ts';

/** Names of the entities to write quietly. Throws TARGET_ROW_SECURITY and TARGET_TRIGGERS_FIRE. */
export async function quietEntities(
  plan: PlanFile,
  names: readonly string[],
  target: Session,
): Promise<Set<string>> {
  const existing = plan.entities.filter(
    (entity) => names.includes(entity.name) && !createsTable(plan, entity),
  );
  const quiet = new Map<PlanEntity, readonly string[]>();
  for (const entity of existing) {
    const [found] = await target.query<{ policed: boolean; triggers: readonly string[] }>(existingTableSql, [
      quoteTable({ schema: entity.target.schema, name: entity.target.table }),
    ]);
    if (!found) continue; // said where the tables are made
    if (found.policed) throw policed(entity);
    const fires = entity.target.triggers === 'fire';
    if (fires && entity.deferred.length > 0 && found.triggers.length > 0) throw cannotFire(entity);
    if ((found.triggers.length > 0 && !fires) || entity.deferred.length > 0)
      quiet.set(entity, found.triggers);
  }
  if (quiet.size > 0 && !(await mayKeepTriggersQuiet(target))) throw mayNotQuiet(quiet);
  return new Set([...quiet.keys()].map(({ name }) => name));
}

function nameOf({ target }: PlanEntity): string {
  return `${target.schema}.${target.table}`;
}

function policed(entity: PlanEntity): MigrationError {
  return new MigrationError({
    code: 'TARGET_ROW_SECURITY',
    message: `Row-level security of ${nameOf(entity)} decides which rows this user may see and write, so rows could be refused or not be found.`,
    hint: 'Nothing was moved. Connect as the owner of the table or as a user with bypassrls (with Supabase: postgres).',
    details: { entity: entity.name },
  });
}

function cannotFire(entity: PlanEntity): MigrationError {
  return new MigrationError({
    code: 'TARGET_TRIGGERS_FIRE',
    message: `${entity.name} refers to rows that come later, which works only while the triggers of ${nameOf(entity)} do not fire.`,
    hint: 'Nothing was moved. Take “triggers: fire” of this entity out of the plan.',
    details: { entity: entity.name },
  });
}

function mayNotQuiet(quiet: ReadonlyMap<PlanEntity, readonly string[]>): MigrationError {
  const names = [...quiet.keys()].map(nameOf);
  const triggers = [...new Set([...quiet.values()].flat())];
  return new MigrationError({
    code: 'TARGET_TRIGGERS_FIRE',
    message: `This user may not keep triggers of ${joinWords(names)} from firing while rows are moved${triggers.length > 0 ? ` (${joinWords(triggers)})` : ''}.`,
    hint: 'Nothing was moved. Connect as a user who may set session_replication_role (with Supabase: postgres), or let them fire: “triggers: fire” under “target” of the entity in the plan.',
    details: { entities: [...quiet.keys()].map(({ name }) => name), triggers },
  });
}
