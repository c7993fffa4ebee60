/** The sentence at the top of the problems: made of counts, each with its whole. */
import type { QuarantineCard } from '../../../server/shapes/quarantine.ts';
import type { EntityProgress, LevelProgress, RunView } from '../../../server/shapes/runs.ts';
import { beyondLimit } from '../progress/beyond-limit.ts';

type HeadKey =
  | 'nothingMoved'
  | 'solved'
  | 'within'
  | 'stopped'
  | 'stoppedNone'
  | 'stoppedNoLimit'
  | 'some'
  | 'none'
  | 'noneSoFar';

export interface Head {
  readonly key: HeadKey;
  readonly values: Readonly<Record<string, string | number>>;
}

/** What came of moving rows after all. */
export interface Moved {
  readonly words: string;
  /** Comparing everything again found something. */
  readonly differs: boolean;
}

type Run = Pick<RunView['data'], 'byLevel' | 'progress' | 'level' | 'levels' | 'gateClosed' | 'entities'>;

type Counted = Pick<QuarantineCard, 'rows' | 'entity'>;

function isOfLevel({ entities }: Run, { entity: name }: Counted, level: number): boolean {
  return entities.some((one) => one.entity === name && one.level === level);
}

export function stoppedLevel({
  gateClosed,
  byLevel,
}: Pick<Run, 'gateClosed' | 'byLevel'>): LevelProgress | null {
  return gateClosed ? (byLevel.find(({ state }) => state === 'stopped') ?? null) : null;
}

export function headOf(run: Run | null, cards: readonly Counted[]): Head {
  if (run === null) return { key: 'nothingMoved', values: {} };
  const stopped = stoppedLevel(run);
  if (stopped !== null) {
    const { level, setAside, rowsTotal } = stopped;
    const values = { level, setAside, rows: rowsTotal };
    if (!cards.some((card) => isOfLevel(run, card, level))) return { key: 'solved', values };
    const [worst] = beyondLimit(run.entities, level).toSorted((a, b) => shareOf(b) - shareOf(a));
    if (worst === undefined || worst.limit === null)
      return { key: isLimitKnown(run, level) ? 'within' : 'stoppedNoLimit', values };
    const { title, limit, rowsDone } = worst;
    const of = { title, held: worst.setAside, all: rowsDone, share: shareOf(worst), limit };
    return { key: limit === 0 ? 'stoppedNone' : 'stopped', values: { ...values, ...of } };
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

/** Whether the plan of the run is kept, which says how much of each may be set aside. */
function isLimitKnown({ entities }: Run, level: number): boolean {
  return entities.every((one) => one.level !== level || one.setAside === 0 || one.limit !== null);
}

function shareOf({ setAside, rowsDone }: Pick<EntityProgress, 'setAside' | 'rowsDone'>): number {
  return setAside / Math.max(1, rowsDone);
}

/** What stops the move comes first, then what concerns most rows. */
export function ordered<Card extends Counted>(run: Run | null, cards: readonly Card[]): Card[] {
  const level = run === null ? null : (stoppedLevel(run)?.level ?? null);
  const stops = (card: Card) => (run !== null && level !== null && isOfLevel(run, card, level) ? 1 : 0);
  return cards.toSorted((a, b) => stops(b) - stops(a) || b.rows - a.rows);
}
