/** Rows as they were and as they will be, side by side, with personal values masked. */
import type { EntityLoad } from '../copy/entity-load.ts';
import type { Session } from '../db/database.ts';
import { quoteTable } from '../db/quote.ts';
import type { CompiledCode, CompiledEntity } from '../mapping/compiled-entity.ts';
import type { PlanEntity } from '../plan/plan-file.ts';
import { shownBesides } from '../plan/shown-besides.ts';
import type { ColumnType } from '../schema/catalog.ts';
import { personalDataOf } from '../schema/personal-data.ts';
import { maskValue } from './mask.ts';

export interface RowPair {
  readonly before: Readonly<Record<string, string | null>>;
  readonly after: Readonly<Record<string, string | null>>;
}

type Texts = Record<string, string | null>;

/** For asking what a name says whatever the column's type. */
const TEXT: ColumnType = {
  ...{ sql: 'text', name: 'text', schema: 'pg_catalog', oid: 25, kind: 'base' as const },
  ...{ of: null, length: null, scale: null, collation: null },
};

const PAIRS = 3;
/** What is longer is cut for showing. */
const SHOWN_CHARACTERS = 120;

export async function readRowPairs(
  load: Pick<EntityLoad, 'compiled' | 'target' | 'pairsTable'>,
  source: Session,
  target: Session,
): Promise<RowPair[]> {
  const { compiled } = load;
  const after = await target.query<{ key: string; row: Texts }>(
    `select m.legacy_id as key, (select jsonb_object_agg(e.key, e.value) from jsonb_each_text(to_jsonb(t.*)) e) as row
     from ${quoteTable(load.pairsTable)} m join ${quoteTable(load.target)} t on t.id = m.new_id
     order by m.legacy_id limit ${PAIRS}`,
  );
  const before = await source.query<{ key: string; row: Texts }>(
    `select ${compiled.keyText} as key, ${compiled.sourceRow} as row
     from ${compiled.from} where ${compiled.keyText} = any($1::text[])`,
    [after.map(({ key }) => key)],
  );
  const byKey = new Map(before.map(({ key, row }) => [key, row]));
  const masks = maskedColumns(compiled);
  return after.map(({ key, row }) => ({
    before: shown(byKey.get(key) ?? {}, masks.source),
    after: shown(row, masks.target),
  }));
}

/** Columns of either side that hold personal values; a whole metadata object counts as one. */
export function maskedColumns({ plan: entity, code }: Pick<CompiledEntity, 'plan' | 'code'>): {
  source: ReadonlySet<string>;
  target: ReadonlySet<string>;
} {
  const personal = entity.columns.filter((column) => column.personal !== undefined);
  const hidden = code.flatMap((one) => hiddenReads(entity, one));
  const made = code.flatMap((one) => (hiddenReads(entity, one).length > 0 ? one.unit.writes : []));
  const leftOut = entity.leftOut.map(({ column }) => column);
  const source = new Set([...personal.flatMap((column) => column.from ?? []), ...leftOut, ...hidden]);
  return {
    source,
    target: new Set([
      ...personal.map((column) => column.to),
      'metadata',
      ...made,
      ...entity.columns.filter((column) => showsPersonal(column, source)).map(({ to }) => to),
    ]),
  };
}

/** Put together from, or looked up by, what is personal. */
function showsPersonal(column: PlanEntity['columns'][number], source: ReadonlySet<string>): boolean {
  return shownBesides(column).some((name) => source.has(name) || personalByName(name));
}

/**
 * Of a text that only code reads nobody has said that it is not personal; and what code makes of a personal value may
 * well be one.
 */
function hiddenReads({ columns }: PlanEntity, { unit }: CompiledCode): string[] {
  return unit.reads.filter((name, i) => {
    const moved = columns.filter(({ from, to }) => from === name && !unit.writes.includes(to));
    if (moved.some(({ personal }) => personal !== undefined) || personalByName(name)) return true;
    const form = unit.readAs?.[i] ?? 'string';
    return moved.length === 0 && (form === 'string' || form === 'json');
  });
}

export function personalByName(name: string): boolean {
  return personalDataOf(name, TEXT, {}) !== null;
}

function shown(row: Texts, masked: ReadonlySet<string>): Texts {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value === null ? null : masked.has(column) ? maskValue(value) : cut(value),
    ]),
  );
}

function cut(value: string): string {
  return value.length <= SHOWN_CHARACTERS ? value : `${value.slice(0, SHOWN_CHARACTERS)}…`;
}
