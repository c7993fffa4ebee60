/**
 * Plays a script: in a conversation each `say` is a turn with the guide; in a workflow it is an answer to the card that
 * waits. Approvals are decided here, in the name of the script's author, who ran it. Every turn must hold before the next
 * one begins; after each, where things stand is written down.
 */

import type { Conversation } from '../../desk/conversation.ts';
import { decide } from '../../desk/decide.ts';
import type { GuideAtHand } from '../../desk/guide-at-hand.ts';
import { isDelegation } from '../../desk/turn-parts.ts';
import type { ApprovalAction, ApprovalCard } from '../../engine/contract/approvals.ts';
import type { GuideView } from '../../engine/contract/guide.ts';
import type { Clock } from '../../engine/core/clock.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import type { Script, ScriptTurn, WaitState } from './script.ts';
import { approvalLine, type Tell, viewLine } from './transcript.ts';

interface Stage {
  readonly hand: GuideAtHand;
  readonly script: Script;
  readonly conversation: Conversation | null;
  readonly clock: Clock;
  readonly tell: Tell;
  /** What was said since the person's last words; expectations look in here. */
  heard: string;
  /** The guided migration was at work when it was looked at last. */
  working: boolean;
}

const lookEvery = 250;
const restIsFinal = 5000;

/** Rejects with what is no MigrationError only; all else is the transcript's last line and the code. */
export async function playScript(
  hand: GuideAtHand,
  script: Script,
  { clock, tell }: { readonly clock: Clock; readonly tell: Tell },
): Promise<ExitCode> {
  const conversation = script.mode === 'conversation' ? await hand.converse({ startNew: true }) : null;
  const stage: Stage = { hand, script, conversation, clock, tell, heard: '', working: false };
  try {
    if (conversation === null) hear(stage, await hand.guide.start(script.as));
    for (const turn of script.turns) {
      await play(stage, turn);
      await tellState(stage);
    }
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    tell({ role: 'outcome', outcome: error.code, code: exitCode.failed, message: error.message });
    return exitCode.failed;
  }
  return conclude(stage);
}

async function play(stage: Stage, turn: ScriptTurn): Promise<void> {
  if ('say' in turn) return say(stage, turn.say);
  if ('approve' in turn) return decideOn(stage, turn.approve, 'grant', turn.reason ?? 'scripted');
  if ('decline' in turn) return decideOn(stage, turn.decline, 'decline', turn.reason ?? 'scripted');
  if ('expect' in turn) return expectWords(stage, turn.expect);
  return waitFor(stage, turn.wait, turn.seconds * 1000);
}

async function say(stage: Stage, text: string): Promise<void> {
  const { conversation, hand, script, tell } = stage;
  tell({ role: 'person', name: script.as, text });
  stage.heard = '';
  if (conversation !== null) return talk(stage, conversation, text);
  const { cardId } = await hand.guide.current();
  hear(stage, await hand.guide.continue({ answer: text, by: script.as, cardId }));
}

async function talk(stage: Stage, conversation: Conversation, text: string): Promise<void> {
  const spoken = new Map<string, string>();
  const calls = new Map<string, unknown[]>();
  for await (const part of conversation.say(text)) {
    if (part.kind === 'text') {
      spoken.set(part.agent, (spoken.get(part.agent) ?? '') + part.text);
    } else if (part.kind === 'call') {
      const name = `${part.agent} ${part.tool}`;
      calls.set(name, [...(calls.get(name) ?? []), part.input]);
    } else if (part.kind === 'result') {
      if (!isDelegation(part.tool)) flush(stage, spoken, part.agent);
      const input = calls.get(`${part.agent} ${part.tool}`)?.shift() ?? null;
      stage.tell({ role: 'tool', agent: part.agent, tool: part.tool, input, outcome: part.outcome });
    } else {
      throw new MigrationError({
        code: 'GUIDE_SILENT',
        message: `The guide could not answer: ${part.message}`,
        hint: 'Look into the newest file in logs/, and play the script again.',
      });
    }
  }
  for (const agent of [...spoken.keys()]) flush(stage, spoken, agent);
}

function flush(stage: Stage, spoken: Map<string, string>, agent: string): void {
  const text = (spoken.get(agent) ?? '').trim();
  spoken.delete(agent);
  if (text === '') return;
  stage.tell({ role: 'guide', agent, text });
  if (agent === 'orchestrator') stage.heard += `${text}\n`;
}

function hear(stage: Stage, view: GuideView): void {
  const line = viewLine(view);
  stage.heard += `${line.text}\n`;
  stage.tell(line);
}

async function decideOn(
  stage: Stage,
  action: ApprovalAction,
  decision: 'grant' | 'decline',
  reason: string,
): Promise<void> {
  const { hand, script, tell } = stage;
  const card = await cardFor(stage, action);
  stage.heard = '';
  const decided = await decide(hand, card.id, { decision, by: script.as, reason });
  tell(approvalLine(decided.card));
  if (decided.next === 'journey') {
    hear(stage, decided.view);
    await stage.conversation?.note(decided.view.words);
  } else if (stage.conversation !== null) {
    await talk(stage, stage.conversation, decided.event);
  }
}

async function cardFor({ hand }: Stage, action: ApprovalAction): Promise<ApprovalCard> {
  const waiting = await hand.desk.approvals({ states: ['requested'] });
  const card = waiting.find((known) => known.action === action);
  if (card !== undefined) return card;
  const others = waiting.map((known) => known.action).join(', ');
  throw new MigrationError({
    code: 'NO_SUCH_APPROVAL',
    message: `No approval of “${action}” waits for a decision; ${others === '' ? 'none does' : `waiting: ${others}`}.`,
    hint: 'Put a “wait: approval” before it, or correct the order of the script.',
  });
}

function expectWords({ heard, tell }: Stage, expected: RegExp): void {
  const met = expected.test(heard);
  tell({ role: 'check', expect: String(expected), met });
  if (met) return;
  throw new MigrationError({
    code: 'EXPECTATION_NOT_MET',
    message: `The guide did not say ${expected}.`,
    hint: 'Read in the transcript what it said, and correct the script.',
  });
}

/**
 * What the guided migration says when it comes to its next card is heard too. Where nothing is at work, nothing will come:
 * that is said soon, not after the whole patience.
 */
async function waitFor(stage: Stage, wanted: WaitState, patience: number): Promise<void> {
  const { hand, clock } = stage;
  const started = clock.monotonic();
  let atRestSince = started;
  for (;;) {
    const view = await hand.guide.current();
    if (stage.working && view.state !== 'working') {
      hear(stage, view);
      await stage.conversation?.note(view.words);
    }
    stage.working = view.state === 'working';
    const { step, approvals, run } = await hand.journey.state();
    if (holds(wanted, view, { step, waiting: approvals.length, moving: run?.alive === true })) return;
    const now = clock.monotonic();
    if (stage.working || run?.alive === true) atRestSince = now;
    if (now - started > patience || now - atRestSince > restIsFinal) throw inVain(wanted, view, approvals);
    await clock.sleep(lookEvery);
  }
}

function inVain(
  wanted: WaitState,
  { state, card }: GuideView,
  approvals: readonly ApprovalCard[],
): MigrationError {
  const waits = approvals.map(({ action }) => action).join(', ');
  const asks = card?.kind === 'question' || card?.kind === 'problem' ? `, with: ${card.title}` : '';
  return new MigrationError({
    code: 'WAITED_IN_VAIN',
    message: `“${wanted}” did not come; the guided migration is ${state}${asks}${waits === '' ? '' : `, and approvals wait: ${waits}`}.`,
    hint: 'Correct the order of the script, or give it more seconds.',
  });
}

interface Standing {
  readonly step: string;
  readonly waiting: number;
  readonly moving: boolean;
}

function holds(wanted: WaitState, view: GuideView, { step, waiting, moving }: Standing): boolean {
  if (wanted === 'moving') return moving;
  if (view.state === 'working') return false;
  if (wanted === 'ended') return view.state === 'ended';
  if (wanted === 'question') return view.state === 'waiting' && view.card?.kind !== 'approval';
  return wanted === 'approval' ? waiting > 0 : step === wanted;
}

async function tellState(stage: Stage): Promise<void> {
  const { hand, tell } = stage;
  const [state, view] = [await hand.journey.state(), await hand.guide.current()];
  stage.working = view.state === 'working';
  tell({
    role: 'state',
    step: state.step,
    journey: view.state,
    run: state.run?.state ?? null,
    inTarget: state.inTarget,
  });
}

/** All turns held. What waits or failed at the end still decides the code. */
async function conclude({ hand, tell }: Stage): Promise<ExitCode> {
  const { approvals, run } = await hand.journey.state();
  const [outcome, code] = ((): [string, ExitCode] => {
    if (run?.gateClosed) return ['gate-closed', exitCode.gateClosed];
    if (approvals.length > 0) return ['waiting-for-approval', exitCode.waitingForApproval];
    if (run?.state === 'failed') return ['failed', exitCode.failed];
    return ['done', exitCode.done];
  })();
  tell({ role: 'outcome', outcome, code, message: null });
  return code;
}
