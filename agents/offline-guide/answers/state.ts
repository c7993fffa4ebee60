/** Where things stand, as the answer to one question about it. */
import {
  helpFor,
  type JourneyState,
  journeyState,
  rehearsalWords,
  spanWords,
} from '../../../engine/index.ts';
import type { AgentId } from '../../../tools/permissions.ts';
import { firstHello, modelName } from '../about.ts';
import type { Telling } from '../answer.ts';
import { offersAt, offersInWords } from '../offers.ts';
import { count, sentence } from '../plain-words.ts';
import { say, type Words } from '../step.ts';

function ofState(answer: (state: JourneyState, words: string) => Words | null): Telling {
  return (data, { words }) => {
    const state = journeyState.safeParse(data).data;
    return state === undefined ? null : answer(state, words);
  };
}

export const greeting = ofState((state, words) => {
  if (state.catalog === null && state.run === null && state.step !== 'connect') return firstHello;
  return say(`Hello. ${standing(state, words)}`, nextChoices(state));
});

export const status = ofState((state, words) => say(standing(state, words), nextChoices(state)));

/** While a move is under way or stands still, that comes first. */
function standing({ run, inTarget, undo, approvals, plan }: JourneyState, words: string): string {
  if (run === null || ['completed', 'copied', 'validating'].includes(run.state)) return words;
  const aside = run.setAside === 0 ? 'none set aside' : `${count(run.setAside)} set aside`;
  const waiting = approvals
    .map(({ title }) => ` Waiting for a person’s decision: ${sentence(title)}`)
    .join('');
  return `${moveWords(run)} ${count(run.written)} of ${expected(run, plan)} records are in the new system, ${aside}.${waiting} ${undo === '' ? inTarget : undo}`;
}

/** A run has counted only what it has begun; the rest is the plan's estimate. */
function expected({ totalRecords }: Run, plan: JourneyState['plan']): string {
  const planned = plan?.rows ?? 0;
  return planned > totalRecords ? `about ${count(planned)}` : count(totalRecords);
}

type Run = NonNullable<JourneyState['run']>;

function moveWords({ alive, gateClosed, level, levels, state, error }: Run): string {
  if (gateClosed)
    return `The move waits at step ${level + 1} of ${levels}. ${sentence(error?.message ?? 'Its check did not pass')}`;
  if (alive) return `The move is under way, at step ${Math.min(level + 1, levels)} of ${levels}.`;
  if (state === 'paused') return `The move is paused, after step ${level} of ${levels}.`;
  if (state === 'cancelled') return 'The move was cancelled.';
  return `The move stands still after step ${level} of ${levels}: ${sentence(error?.message ?? state)} ${sentence(error?.hint ?? '')}${error === null ? '' : ` More: ${helpFor(error.code)}`}`.trim();
}

export const next = ofState((state) =>
  say(`${state.next} ${state.inTarget} ${state.undo}`, nextChoices(state)),
);

export const howLong = ofState(({ rehearsal, plan, run, step }, words) => {
  if (run !== null) {
    const left =
      Math.max(run.totalRecords, plan?.rows ?? 0) - run.written - run.setAside - (run.duplicates ?? 0);
    if (!run.alive || left <= 0) return say(words, ['Where are we']);
    return say(
      `${count(run.written)} of ${expected(run, plan)} records are in the new system, ${count(left)} are left. I do not guess the minutes; the steps have different sizes.`,
      ['How far is it', 'Pause'],
    );
  }
  if (rehearsal?.status === 'passed' && rehearsal.planHash === plan?.hash) {
    return say(
      `The full move takes ${spanWords(rehearsal.seconds)}. That is computed from the speed of the rehearsal, with ${count(rehearsal.rows)} records.`,
      ['Start the move', 'What could go wrong?'],
    );
  }
  if (plan !== null) {
    return say(
      `About ${duration(plan.seconds)} for ${count(plan.rows)} records, as the plan estimates it from sizes alone. A rehearsal measures it.`,
      ['Rehearse first', 'Show the plan'],
    );
  }
  const first = step === 'analyse' || step === 'connect' || step === 'preflight';
  return say('I do not know yet: that takes a plan, and a rehearsal to measure it.', [
    first ? 'Look at the old database' : 'Make a plan',
  ]);
});

export const safe = ofState(({ inTarget, undo }) =>
  say(
    `The old database is opened for reading only, so nothing in it can change. Into the new system no record is written without an approval that a person gave for just that; besides, Towpath keeps notes of its own there, apart from your records. ${inTarget} ${undo}`,
    ['What could go wrong?', 'Can I undo it?', 'What leaves this machine?'],
  ),
);

export const canClose = ofState(({ run, inTarget }) =>
  run?.alive === true
    ? say(
        'Yes. The move runs in a process of its own, so nothing is lost: it goes on as long as this machine and both databases do, and from where it stopped otherwise. Later, ask “where are we”.',
        ['How far is it', 'Pause'],
      )
    : say(`Yes. Nothing is moving. ${inTarget} Next time say “where are we”, and I look.`),
);

export const canUndo = ofState(({ undo, inTarget, run }) => {
  const any = run !== null && run.written > 0;
  const how = any ? ' An undo needs an approver, who sees first exactly what it would remove.' : '';
  return say(`${inTarget} ${undo}${how}`, any ? ['Undo the move', 'Keep it'] : ['Where are we']);
});

export const rehearsalResult = ofState(({ rehearsal, plan }) => {
  if (rehearsal === null)
    return say('Nothing has been rehearsed yet.', plan === null ? ['Where are we'] : ['Rehearse first']);
  const changed =
    rehearsal.planHash === plan?.hash
      ? ''
      : ' The plan was changed since, so it has to be rehearsed again before it can start.';
  if (rehearsal.status === 'passed')
    return say(`${rehearsalWords(rehearsal)}${changed}`, ['Go on', 'Show the plan']);
  return say(
    `The last rehearsal did not pass: ${count(rehearsal.rows)} records were tried, ${count(rehearsal.setAside)} set aside.${changed}`,
    ['Rehearse first', 'Show the plan'],
  );
});

/** What a yes to the newest request would do, as its card says it. */
export const approvalMeans = ofState(({ approvals: [card], next: coming, inTarget, undo }) =>
  card === undefined
    ? say(`${coming} ${inTarget} ${undo}`)
    : say(
        `${sentence(card.title)} ${card.effect.slice(0, 4).map(sentence).join(' ')} ${sentence(card.reversible.how)} Only a person’s yes to the card does that; I cannot.`,
      ),
);

const onlyPeople =
  'I cannot approve for you, and there is no approval for everything. Each one names one plan and a number of records; a person gives it with the approval card or with “towpath approve”.';

export const waiting = ofState(({ approvals, next: coming }) => {
  if (approvals.length === 0)
    return say(`${onlyPeople} Nothing waits for an approval now. ${coming}`, ['Go on', 'Where are we']);
  const cards = approvals.map(
    ({ title, maxRows, reversible }) =>
      `${sentence(title)} At most ${count(maxRows)} ${maxRows === 1 ? 'record' : 'records'}. ${sentence(reversible.how)}`,
  );
  const head =
    approvals.length === 1 ? 'Waiting for a person:' : `${approvals.length} are waiting for a person.`;
  return say(`${onlyPeople}\n${head} ${cards.join('\n')}`);
});

/** “Stop” may mean the move or the conversation. */
export const stop = ofState(({ run, inTarget }) => {
  if (run?.alive !== true) {
    return say(
      `Nothing is moving, so there is nothing to stop. ${inTarget} Say “go on” when you want to continue.`,
    );
  }
  return say(
    `The move is under way: ${count(run.written)} of ${count(run.totalRecords)} records are in the new system. A pause loses nothing and can be continued from exactly there; cancelling ends it for good. What shall it be?`,
    ['Pause the move', 'Cancel the move', 'Keep going'],
  );
});

export const cancel = ofState(({ run, inTarget }) => {
  if (run === null || ['completed', 'cancelled', 'rolled-back'].includes(run.state)) {
    return say(`No move is under way, so there is nothing to cancel. ${inTarget}`, ['Where are we']);
  }
  return say(
    `Cancelling ends this move for good: ${count(run.written)} records stay in the new system until an undo takes them out. A pause loses nothing. Which do you want?`,
    run.alive
      ? ['Pause the move', 'Yes, cancel the move', 'Keep going']
      : ['Continue the move', 'Yes, cancel the move'],
  );
});

export function unknown(agent: AgentId, said: string): Telling {
  return (data) => notUnderstood(agent, said, journeyState.safeParse(data).data?.step ?? null);
}

export function notUnderstood(agent: AgentId, said: string, step: JourneyState['step'] | null): Words {
  const offers = offersAt(step, agent);
  return say(
    `I am the ${modelName} and did not understand “${shorten(said)}”. I can: ${offersInWords(offers)}.`,
    offers.slice(0, 6),
  );
}

export function help(agent: AgentId): Telling {
  return (data) => {
    const state = journeyState.safeParse(data).data;
    const offers = offersAt(state?.step ?? null, agent);
    const next = agent === 'orchestrator' && state !== undefined ? ` ${state.next}` : '';
    return say(
      `I am the ${modelName}. I lead through the move step by step, answer questions about what I see, and change the plan when you choose.${next} You can say, for example: ${offers.map((offer) => `“${offer}”`).join(', ')}. Or ask for a word or a table: “explain patients”, “what is a rehearsal”.`,
      offers.slice(0, 4),
    );
  };
}

function nextChoices(state: JourneyState): string[] {
  const { run, step } = state;
  if (run?.alive) return ['How far is it', 'Pause'];
  if (run !== null && !run.gateClosed && step === 'migrate')
    return ['Go on', 'What happened', 'Undo the move'];
  if (run?.gateClosed) return ['Show what is set aside', 'Go on without them', 'Undo the move'];
  const byStep: Partial<Record<JourneyState['step'], string[]>> = {
    connect: ['Check the connection', 'Use another database'],
    analyse: ['Look at the old database', 'What will you read?'],
    done: ['Open the report'],
  };
  return (
    byStep[step] ?? [
      'Go on',
      ...offersAt(step, 'orchestrator')
        .filter((offer) => offer !== 'Where are we')
        .slice(1, 3),
    ]
  );
}

function duration(seconds: number): string {
  if (seconds < 120) return `${count(Math.max(1, Math.round(seconds)))} seconds`;
  return `${count(Math.round(seconds / 60))} minutes`;
}

function shorten(said: string): string {
  const flat = said.replace(/[[\]\s]+/g, ' ').trim();
  return flat.length > 80 ? `${flat.slice(0, 79)}…` : flat;
}
