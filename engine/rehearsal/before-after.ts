/** Rows as they were and as they will be, side by side, with personal values masked. */
import type { EntityLoad } from '../copy/entity-load.ts';
import type { Session } from '../db/database.ts';
import { quoteTable } from '../db/quote.ts';
import { maskValue } from './mask.ts';
import { maskedColumns } from './masked-columns.ts';

export interface RowPair {
  readonly before: Readonly<Record<string, string | null>>;
  readonly after: Readonly<Record<string, string | null>>;
}

type Texts = Record<string, string | null>;

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
     where m.merged is distinct from 'duplicate'
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

function shown(row: Texts, masked: ReadonlySet<string>): Texts {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value === null ? null : masked.has(column) ? maskValue(value) : cut(value),
    ]),
  );
}

/** So much of a value is shown. */
export function cut(value: string): string {
  return value.length <= SHOWN_CHARACTERS ? value : `${value.slice(0, SHOWN_CHARACTERS)}…`;
}
