/** What one look at a migration saw: the journey, its guide, its approvals, and its run with all figures. */
import type { ApprovalCard } from '../../engine/contract/approvals.ts';
import type { GuideView } from '../../engine/contract/guide.ts';
import type { JourneyState } from '../../engine/contract/journey-state.ts';
import type { RunStatus } from '../../engine/contract/run.ts';
import type { Desk } from '../migrations/migrations.ts';
import type { RunWatch } from '../migrations/run-watch.ts';
import type { RunView } from '../shapes/runs.ts';
import { runViewOf } from '../views/run-view.ts';

export interface Look {
  readonly journey: JourneyState;
  readonly guide: GuideView;
  /** Newest first, decided ones too. */
  readonly approvals: readonly ApprovalCard[];
  /** The one that was followed before, where there is none any more, since it was undone. Null: there was none. */
  readonly run: { readonly status: RunStatus; readonly view: RunView['data'] } | null;
}

export interface Seen {
  readonly desk: Pick<Desk, 'guide' | 'journey'> & {
    readonly opened: { readonly journey: Pick<Desk['opened']['journey'], 'approvals'> };
  };
  readonly runs: RunWatch;
}

export async function lookAt({ desk, runs }: Seen, before: Look | null): Promise<Look> {
  const [journey, guide, approvals] = await Promise.all([
    desk.journey.state(),
    desk.guide.current(),
    desk.opened.journey.approvals(),
  ]);
  // a rehearsal is a run as well; the journey knows which one is the migration's
  const runId = journey.run?.runId ?? before?.run?.status.runId;
  if (runId === undefined) return { journey, guide, approvals, run: null };
  const look = await runs.look(runId);
  return { journey, guide, approvals, run: { status: look.status, view: runViewOf(look).data } };
}

/** Something is at work that will change soon. */
export function isMoving({ guide, journey, run }: Look): boolean {
  return guide.state === 'working' || run?.status.alive === true || journey.run?.alive === true;
}
