/** The sentence at the top of the problems: made of counts, each with its whole. */
import type { QuarantineCard } from '../../../server/shapes/quarantine.ts';
import type { LevelProgress, RunView } from '../../../server/shapes/runs.ts';

export type HeadKey = 'nothingMoved' | 'stopped' | 'stoppedNoLimit' | 'some' | 'none' | 'noneSoFar';

export interface Head {
  readonly key: HeadKey;
  readonly values: Readonly<Record<string, number>>;
}

/** What came of moving rows after all. */
export interface Moved {
  readonly words: string;
  /** Comparing everything again found something. */
  readonly differs: boolean;
}

type Run = Pick<
  RunView['data'],
  'byLevel' | 'gateLimit' | 'progress' | 'level' | 'levels' | 'gateClosed' | 'entities'
>;

export function stoppedLevel({
  gateClosed,
  byLevel,
}: Pick<Run, 'gateClosed' | 'byLevel'>): LevelProgress | null {
  return gateClosed ? (byLevel.find(({ state }) => state === 'stopped') ?? null) : null;
}

export function headOf(run: Run | null, cards: readonly Pick<QuarantineCard, 'rows'>[]): Head {
  if (run === null) return { key: 'nothingMoved', values: {} };
  const stopped = stoppedLevel(run);
  if (stopped !== null) {
    const { level, setAside, rowsTotal } = stopped;
    const values = { level, setAside, rows: rowsTotal, share: setAside / Math.max(1, rowsTotal) };
    return run.gateLimit === null
      ? { key: 'stoppedNoLimit', values }
      : { key: 'stopped', values: { ...values, limit: run.gateLimit } };
  }
  const held = cards.reduce((sum, { rows }) => sum + rows, 0);
  const { rowsTotal, rowsDone } = run.progress;
  if (held > 0) return { key: 'some', values: { held, rows: rowsTotal, causes: cards.length } };
  if (run.level < run.levels)
    return {
      key: 'noneSoFar',
      values: { done: rowsDone, rows: rowsTotal, open: run.levels - run.level },
    };
  return { key: 'none', values: { rows: rowsTotal } };
}

/** What stops the move comes first, then what concerns most rows. */
export function ordered<Card extends Pick<QuarantineCard, 'rows' | 'entity'>>(
  run: Run | null,
  cards: readonly Card[],
): Card[] {
  const level = run === null ? null : (stoppedLevel(run)?.level ?? null);
  const stops = ({ entity }: Card) =>
    level !== null && run!.entities.find((one) => one.entity === entity)?.level === level ? 1 : 0;
  return cards.toSorted((a, b) => stops(b) - stops(a) || b.rows - a.rows);
}
