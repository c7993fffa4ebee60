/** Rows that were set aside, with everything that is needed to load them elsewhere, page by page. */
import type { ExportedRow } from '../../contract/quarantine.ts';
import type { Control } from '../../control/control.ts';
import type { HeldRow } from '../../control/quarantine-store.ts';
import { createReadingLedger } from '../../copy/key-ledger.ts';
import type { Database } from '../../db/database.ts';
import { quoteTable } from '../../db/quote.ts';
import { IdMaker, idText } from '../../mapping/uuid-v5.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { cardId, chooseGroups } from './cards.ts';

const PAGE = 1000;

export interface ExportOf {
  readonly runId: string;
  readonly plan: PlanFile;
  readonly cards: readonly string[];
  readonly entity?: string | undefined;
  readonly all: boolean;
}

/** In the order they came. Throws UNKNOWN_CARD. */
export async function* exportHeld(
  { control, target }: { readonly control: Control; readonly target: Database },
  { runId, plan, cards, entity, all }: ExportOf,
): AsyncGenerator<ExportedRow> {
  const wanted = new Set((await chooseGroups(control, runId, cards)).map(cardId));
  const idOf = await idMakers(control, target, runId, plan);
  for (let afterId: string | undefined; ; ) {
    const page = await control.quarantine.list({
      runId,
      limit: PAGE,
      ...(all ? { state: 'all' as const } : {}),
      ...(entity === undefined ? {} : { entity }),
      ...(afterId === undefined ? {} : { afterId }),
    });
    for (const row of page)
      if (cards.length === 0 || wanted.has(cardId(row))) yield exported(row, plan, idOf);
    if (page.length < PAGE) return;
    afterId = page.at(-1)!.id;
  }
}

type IdOf = (entity: string, key: string) => string | null;

/** New ids as a move would give them, those that a row keeps included. */
async function idMakers(control: Control, target: Database, runId: string, plan: PlanFile): Promise<IdOf> {
  const namespace = await control.runs.namespace(runId);
  const makers = new Map<string, IdMaker>();
  const session = await target.session({ purpose: 'export', readOnly: true });
  try {
    const ledger = createReadingLedger(control, plan.migration, session);
    for (const { name, merge } of plan.entities) {
      const plain = new IdMaker(namespace, name);
      const entityNo = merge === undefined ? null : await control.mappings.entityNo(plan.migration, name);
      const kept = entityNo === null ? null : await ledger.keptIds!(entityNo, plain);
      makers.set(name, kept === null ? plain : new IdMaker(namespace, name, undefined, kept));
    }
  } finally {
    await session.release();
  }
  return (entity, key) => {
    const maker = makers.get(entity);
    if (maker === undefined) return null;
    const bytes = Buffer.from(key);
    maker.fromBytes(bytes, 0, bytes.length);
    return idText(maker.id);
  };
}

function exported(row: HeldRow, plan: PlanFile, idOf: IdOf): ExportedRow {
  const source = plan.entities.find(({ name }) => name === row.entity)?.source;
  return {
    entity: row.entity,
    sourceTable: source ? quoteTable({ schema: source.schema, name: source.table }) : '',
    legacyId: row.legacyId,
    newId: idOf(row.entity, row.legacyId),
    state: row.state,
    reason: row.reason,
    sqlstate: row.sqlstate,
    constraint: row.constraint,
    column: row.column,
    message: row.message,
    runId: row.runId,
    batchId: row.batchId,
    planHash: row.planHash,
    setAsideAt: row.createdAt,
    row: row.sourceRow as ExportedRow['row'],
  };
}
