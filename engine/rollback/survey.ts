/** What undoing would meet, entity by entity, without changing anything: the preview, and the basis of the real thing. */
import type { Control } from '../control/control.ts';
import { changedImagesSql } from '../copy/merge-rows.sql.ts';
import { readExistingColumns } from '../copy/merge-rows.ts';
import { entityOf } from '../copy/prepare.ts';
import { mayKeepTriggersQuiet } from '../copy/quiet-triggers.ts';
import type { Session } from '../db/database.ts';
import { createsTable } from '../plan/creates-table.ts';
import type { PlanEntity, PlanFile } from '../plan/plan-file.ts';
import type { TableName } from '../schema/catalog.ts';
import { countRowsSql, inboundKeysSql, targetTableSql } from './rollback.sql.ts';

export interface SurveyedEntity {
  readonly entity: string;
  readonly plan: PlanEntity;
  readonly entityNo: number | null;
  /** Null: not there, or never made. */
  readonly table: TableName | null;
  readonly pairs: TableName | null;
  /** Rows that this run wrote and that are there. */
  readonly rows: number;
  /** Rows that it did not write. */
  readonly kept: number;
  /** Rows that it wrote and that others deleted since. */
  readonly gone: number;
  /** Rows among those that it changed, and gives back. */
  readonly merged: number;
  /** Rows that it changed and that others have changed or deleted since. */
  readonly changedImages: readonly { readonly id: string; readonly legacyId: string }[];
  /** The table was there before. */
  readonly existing: boolean;
  /** Its triggers are kept from firing while it is undone. */
  readonly quiet: boolean;
  /** The table is Towpath’s, and nothing but this run’s rows and tables like it would be lost with it. */
  readonly drop: boolean;
  readonly inboundKeys: readonly InboundKey[];
}

export interface InboundKey {
  readonly name: string;
  readonly child: TableName;
}

export interface SurveyInput {
  readonly plan: PlanFile;
  readonly runId: string;
  readonly entities: readonly string[];
  readonly control: Control;
  readonly session: Session;
}

export async function surveyEntities(input: SurveyInput): Promise<SurveyedEntity[]> {
  const surveyed: SurveyedEntity[] = [];
  for (const name of input.entities) surveyed.push(await surveyOne(input, name));
  return settleDrops(surveyed);
}

async function surveyOne(
  { plan, runId, control, session }: SurveyInput,
  name: string,
): Promise<SurveyedEntity> {
  const entity = entityOf(plan, name);
  const table: TableName = { schema: entity.target.schema, name: entity.target.table };
  const entityNo = await control.mappings.entityNo(plan.migration, name);
  const pairs = entityNo === null ? null : control.mappings.copyTarget(entityNo);
  const where = [table.schema, table.name];
  const [present] = await session.query<{ made: boolean; built: boolean }>(targetTableSql, where);
  const existing = !createsTable(plan, entity);
  const quiet = existing && entity.target.triggers !== 'fire' && (await mayKeepTriggersQuiet(session));
  const base = { entity: name, plan: entity, entityNo, pairs, existing, quiet, inboundKeys: [] };
  const none = { rows: 0, kept: 0, gone: 0, merged: 0, changedImages: [], drop: false };
  if (!present) return { ...base, table: null, ...none };
  if (!pairs) return { ...base, table, ...none };
  const [counted] = await session.query<Pick<SurveyedEntity, 'rows' | 'kept' | 'gone' | 'merged'>>(
    countRowsSql(table, pairs),
    [runId, name],
  );
  const keys = await session.query<{ name: string; schema: string; table: string }>(inboundKeysSql, where);
  const inboundKeys = keys.map((key) => ({ name: key.name, child: { schema: key.schema, name: key.table } }));
  const drop = !existing && present.made && !present.built && counted!.kept === 0;
  const changedImages =
    entity.merge?.onMatch === 'update'
      ? await readChangedImages(session, { table, pairs }, [runId, name])
      : [];
  return { ...base, table, ...counted!, changedImages, drop, inboundKeys };
}

async function readChangedImages(
  session: Session,
  { table, pairs }: { readonly table: TableName; readonly pairs: TableName },
  of: readonly [string, string],
): Promise<SurveyedEntity['changedImages']> {
  const sql = changedImagesSql(table, pairs, await readExistingColumns(session, table));
  return session.query(sql, of);
}

/** A table stays where rows of it stay, or where a table that stays points to it; so until nothing changes. */
export function settleDrops(
  entities: readonly SurveyedEntity[],
  stays: (entity: string) => boolean = () => false,
): SurveyedEntity[] {
  let current = entities.map((entity) => ({ ...entity, drop: entity.drop && !stays(entity.entity) }));
  for (;;) {
    const dropping = current
      .filter((entity) => entity.drop && entity.table)
      .map(({ table }) => keyOf(table!));
    const settled = current.map((entity) => ({
      ...entity,
      drop: entity.drop && entity.inboundKeys.every(({ child }) => dropping.includes(keyOf(child))),
    }));
    if (settled.every((entity, i) => entity.drop === current[i]!.drop)) return settled;
    current = settled;
  }
}

function keyOf({ schema, name }: TableName): string {
  return `${schema}\0${name}`;
}
