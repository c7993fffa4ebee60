/**
 * Which of the rows that fit the plan PostgreSQL refuses: tried in a transaction that is always rolled back, half by half
 * down to the single row. A row that is accepted stays until the end of it, so that those that point to it find it and a
 * second one with the same value is the one that is refused. Rows whose foreign key misses something are asked once more
 * when all others are there: they may point to each other.
 * Rows wait in temporary tables of the target (stage-candidates.ts), so that only their keys are held here.
 */
import { refusalOf } from '../../copy/isolate.ts';
import { type Reject, rejectOf } from '../../copy/map-stream.ts';
import { keepTriggersQuiet } from '../../copy/quiet-triggers.ts';
import type { Session } from '../../db/database.ts';
import { sqlstateOf } from '../../db/sqlstate.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import type { FittingRows } from './find-fitting.ts';
import { followChecks } from './follow-checks.ts';
import { attempted, type Candidate, stageCandidates } from './stage-candidates.ts';
import { insertCandidatesSql } from './write-rows.sql.ts';

const FOREIGN_KEY = '23503';

type Refuse = (candidate: Candidate, error: unknown) => void;

/** By entity. Throws what is no refusal of a row. */
export async function findRefused(
  found: readonly FittingRows[],
  { source, target }: { readonly source: Session; readonly target: Session },
  plans: { readonly old: PlanFile; readonly now: PlanFile },
): Promise<Map<string, Reject[]>> {
  const due = found.filter(({ fits }) => fits.size > 0);
  const refused = new Map<string, Reject[]>();
  const waiting: Candidate[] = [];
  const refuse: Refuse = ({ rows, key }, error) => {
    const { name } = rows.load.compiled.plan;
    refused.set(name, [...(refused.get(name) ?? []), rejectOf(key, refusalOf(error))]);
  };
  await target.query('begin');
  try {
    if (due.some(({ load }) => load.silenced)) await keepTriggersQuiet(target);
    await followChecks(plans, target);
    for (const [place, rows] of due.entries()) {
      const candidates = await stageCandidates(place, rows, { source, target }, refuse);
      await halve(candidates, due, target, (candidate, error) => {
        if (sqlstateOf(error) === FOREIGN_KEY) waiting.push(candidate);
        else refuse(candidate, error);
      });
    }
    await halve(waiting, due, target, refuse);
  } finally {
    await target.query('rollback');
  }
  return refused;
}

async function halve(
  candidates: readonly Candidate[],
  due: readonly FittingRows[],
  target: Session,
  refuse: Refuse,
): Promise<void> {
  if (candidates.length === 0) return;
  const error = await attempted(target, () => insert(candidates, due, target));
  if (error === null) return;
  if (candidates.length === 1) {
    refuse(candidates[0]!, error);
    return;
  }
  const middle = candidates.length >> 1;
  await halve(candidates.slice(0, middle), due, target, refuse);
  await halve(candidates.slice(middle), due, target, refuse);
}

/** All of them in one statement: foreign keys are asked at its end. */
async function insert(
  candidates: readonly Candidate[],
  due: readonly FittingRows[],
  target: Session,
): Promise<void> {
  const places = [...new Set(candidates.map(({ place }) => place))];
  const numbers = places.map((place) => candidates.filter((one) => one.place === place).map(({ n }) => n));
  const loads = places.map((place) => ({ place, load: due[place]!.load }));
  await target.query(insertCandidatesSql(loads), numbers);
}
