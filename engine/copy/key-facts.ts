/** How many rows of an entity there are to move, and what its keys are like: asked of the source once. */
import type { Session } from '../db/database.ts';
import { keyShape } from '../mapping/source-key.ts';
import type { PlanEntity } from '../plan/plan-file.ts';
import type { Table } from '../schema/catalog.ts';
import { ownRowsSql } from '../schema/own-rows.sql.ts';
import { integerKeyFactsSql, rowCountSql, unfilteredCountSql } from './key-facts.sql.ts';

export interface KeyFacts {
  readonly rows: number;
  /** Rows that the plan's filter or `dedupe` leaves out. */
  readonly excluded: number;
  readonly min: number;
  readonly max: number;
  /** True where every key is an integer that JavaScript numbers hold exactly; else keys are treated as text. */
  readonly exact: boolean;
}

export interface KeyFactsOfEntities {
  of(entity: PlanEntity): Promise<KeyFacts>;
  /** Null where nobody has asked yet. */
  known(name: string): KeyFacts | null;
}

export interface KeyFactsInput {
  readonly source: Session;
  tableOf(entity: PlanEntity): Table;
}

export function createKeyFacts({ source, tableOf }: KeyFactsInput): KeyFactsOfEntities {
  const facts = new Map<string, KeyFacts>();
  return {
    known: (name) => facts.get(name) ?? null,
    async of(entity) {
      const known = facts.get(entity.name);
      if (known) return known;
      const found = await readFacts(source, entity, tableOf(entity));
      facts.set(entity.name, found);
      return found;
    },
  };
}

async function readFacts(source: Session, entity: PlanEntity, table: Table): Promise<KeyFacts> {
  const shape = keyShape(entity, table);
  const integer = shape.integer && shape.keyset.length === 1;
  const [row] = await source.query<{ rows: string; min?: string | null; max?: string | null }>(
    integer ? integerKeyFactsSql(shape) : rowCountSql(shape),
  );
  const rows = Number(row!.rows);
  const filtered = entity.where !== undefined || entity.dedupe === true;
  const [all] = filtered
    ? await source.query<{ rows: string }>(unfilteredCountSql(ownRowsSql(table)))
    : [row];
  const min = Number(row!.min ?? 0);
  const max = Number(row!.max ?? 0);
  const exact = integer && Number.isSafeInteger(min) && Number.isSafeInteger(max);
  return { rows, excluded: Number(all!.rows) - rows, min, max, exact };
}
