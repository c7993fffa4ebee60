/** A migration as it is shown beside everything else: where it stands, and what waits for a person. */
import { basename } from 'node:path';
import type { JourneyState } from '../../engine/contract/journey-state.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import type { MigrationSummary, MigrationView } from '../shapes/migrations.ts';
import { errorOnPage, nextOnPage } from '../views/next-on-page.ts';
import type { Slot } from './slot.ts';
import { stagesOf, waitingOf } from './stages.ts';

/** As it is now; that its databases cannot be reached is a state, too. */
export async function viewOf(slot: Slot): Promise<MigrationView> {
  const { id, name, source, target } = slot.of;
  const known = {
    id,
    name,
    source,
    target,
    step: null,
    stages: stagesOf(null),
    waiting: null,
    problem: slot.problem,
    journey: null,
  };
  if (slot.desk === null) return { ...known, state: closedState(slot) };
  try {
    const [journey, guide] = await Promise.all([slot.desk.journey.state(), slot.desk.guide.current()]);
    return {
      ...known,
      source: journey.source ?? source,
      target: journey.target ?? target,
      state: 'open',
      step: journey.step,
      stages: stagesOf(journey, guide),
      waiting: waitingOf(journey, guide),
      problem: null,
      journey: forPage(journey),
    };
  } catch (error) {
    return { ...known, state: 'trouble', problem: problemOf(error) };
  }
}

function closedState({ problem, opening, of }: Slot): MigrationSummary['state'] {
  if (opening !== null) return 'opening';
  if (problem !== null) return 'trouble';
  return of.exists() ? 'closed' : 'not-made';
}

export function problemOf(error: unknown): NonNullable<MigrationSummary['problem']> {
  if (error instanceof MigrationError) {
    const { code, message, hint } = error;
    return { code, message, hint: nextOnPage(hint).words };
  }
  return {
    code: 'UNEXPECTED',
    message: 'It cannot be opened, for a reason that Towpath does not know.',
    hint: 'Try again. If it stays so, “towpath chat” in a terminal says more.',
  };
}

/** Where the files of a report lie concerns this machine only; a hint names what the page can do. */
function forPage(journey: JourneyState): JourneyState {
  const run = journey.run && { ...journey.run, error: errorOnPage(journey.run.error) };
  return { ...journey, run, report: journey.report.map((file) => basename(file)) };
}
