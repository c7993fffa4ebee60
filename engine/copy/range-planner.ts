/**
 * Plans an entity's batches as key ranges before they run, one after the other, each of the size that the pace asks.
 *
 * Boundaries are looked up in the key's index (`offset n limit 1`), not computed from minimum and maximum: measured,
 * that is one index scan of the table over the whole run, and it gives ranges of exactly the asked size for keys with
 * holes, text keys and composite keys alike.
 * Each planned range is written to the ledger before it runs, so a resumed run knows which were begun. A range that could
 * not be entered is entered again before another is planned: the ledger may hold it already, and knows it by its beginning.
 */
import type { Session } from '../db/database.ts';
import type { CompiledEntity } from '../mapping/compiled-entity.ts';
import type { KeysetPosition, KeysetRange } from './keyset-range.ts';
import { boundarySql } from './source-query.sql.ts';

export interface PlannedRange {
  readonly batchId: number;
  readonly range: KeysetRange;
}

export interface RangePlanner {
  /** The next range of about `rows` rows, or null where the entity is planned to its end. */
  next(rows: number, enter: (range: KeysetRange) => Promise<number>): Promise<PlannedRange | null>;
}

/** `frontier` is where an earlier process stopped planning; undefined: at the beginning. */
export function createRangePlanner(
  compiled: CompiledEntity,
  source: Session,
  frontier: { readonly upTo: KeysetPosition } | null,
): RangePlanner {
  let after: KeysetPosition = frontier?.upTo ?? null;
  let done = frontier !== null && frontier.upTo === null;
  let turn: Promise<unknown> = Promise.resolve();
  let pending: KeysetRange | null = null;

  async function plan(rows: number): Promise<KeysetRange | null> {
    if (done) return null;
    const upTo = compiled.keyset.length === 0 ? null : await boundary(rows);
    if (upTo !== null && JSON.stringify(upTo) === JSON.stringify(after)) {
      throw new Error(`keyset of ${compiled.plan.name} does not advance`);
    }
    const range: KeysetRange = { after, upTo };
    done = upTo === null;
    after = upTo;
    return range;
  }

  async function boundary(rows: number): Promise<KeysetPosition> {
    const [row] = await source.query<Record<string, string>>(boundarySql(compiled, after, rows));
    return row === undefined ? null : compiled.keyset.map((_, i) => row[`k${i}`]!);
  }

  return {
    next(rows, enter) {
      // Entered in the ledger before the next is planned: a kill between the two must not leave a gap in the chain.
      const result = turn.then(async () => {
        const range: KeysetRange | null = pending ?? (await plan(rows));
        if (range === null) return null;
        pending = range;
        const batchId = await enter(range);
        pending = null;
        return { batchId, range };
      });
      turn = result.catch(() => undefined);
      return result;
    },
  };
}
