/**
 * Brings the exam's sample from one point of a migration to the next, by the journey's own steps. Whoever starts the exam
 * is the person who approves them.
 */
import type { Stage } from '../../agents/evals/eval-case.ts';
import type { Standing } from '../../agents/evals/scorers.ts';
import type { ApprovalAction } from '../../engine/contract/approvals.ts';
import type { Effect } from '../../engine/contract/journey.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import type { OpenedJourney } from '../../engine/journey/open-journey.ts';

export interface ExamStages {
  advance(stage: Stage): Promise<void>;
  standing(): Promise<Standing>;
}

const by = 'towpath agents eval';
const patience = 120_000;

export function createExamStages({ journey, engine }: Pick<OpenedJourney, 'journey' | 'engine'>): ExamStages {
  const steps: Readonly<Record<Stage, () => Promise<void>>> = {
    nothing: async () => {},
    analysed: async () => void (await journey.analyse()),
    planned: async () => void (await journey.createPlan()),
    'gate-closed': move,
    'signed-off': finish,
  };

  /** A case may have changed the plan, so it is rehearsed as it is now. */
  async function move(): Promise<void> {
    await journey.takeRecommended();
    await withYes('rehearse', () => journey.rehearse(by));
    await withYes('migrate', () => journey.start(by));
    await stopped();
    const { run } = await journey.state();
    if (run?.gateClosed !== true) throw unexpected('The exam’s move did not stop at a gate.');
  }

  async function finish(): Promise<void> {
    for (let gate = 0; gate < 30; gate++) {
      const { run } = await journey.state();
      if (run?.gateClosed !== true) break;
      await withYes('accept-set-aside', () => journey.acceptSetAside(by));
      await journey.resume();
      await stopped();
    }
    const { step } = await journey.state();
    if (step === 'validate') await journey.validate();
    await journey.writeReport();
    await withYes('sign-off', () => journey.signOff(by));
  }

  async function withYes(action: ApprovalAction, work: () => Promise<Effect<unknown>>): Promise<void> {
    const first = await work();
    if (first.status === 'done') return;
    await engine.decideApproval(first.card.id, {
      decision: 'grant',
      by,
      reason: 'The exam needs this point of a migration.',
    });
    const second = await work();
    if (second.status !== 'done') throw unexpected(`The exam’s approval to ${action} was not enough.`);
  }

  async function stopped(): Promise<void> {
    const told = await journey.untilNextLevel(null, patience);
    if (told.data.alive) throw unexpected('The exam’s move took too long.');
  }

  return {
    advance: (stage) => steps[stage](),
    async standing() {
      const { plan, run } = await journey.state();
      const granted = await engine.approvals({ states: ['granted', 'used'] });
      return { planHash: plan?.hash ?? null, written: run?.written ?? 0, granted: granted.length };
    },
  };
}

function unexpected(message: string): MigrationError {
  return new MigrationError({
    code: 'EXAM_BROKEN',
    message,
    hint: 'This is a fault in Towpath, not in the guide; please report it.',
  });
}
