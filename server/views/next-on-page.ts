/**
 * The engine's hints name commands, which are the next step of whoever sits at a terminal. Here a command that the page can do
 * as well is named as the page names it. What only a terminal can do stays as it is: settings, the sandbox, the audit log,
 * and commands with options that the page does not have.
 */
import type { Told } from '../../engine/contract/journey.ts';
import type { RunFacts } from '../../engine/contract/journey-state.ts';
import type { ScreenName } from '../shapes/problem.ts';

interface OnPage {
  readonly screen: ScreenName;
  readonly words: string;
}

const inGuide = (what: string): OnPage => ({ screen: 'guide', words: `${what} in “Guide”` });
const inProgress = (what: string): OnPage => ({ screen: 'progress', words: `“${what}” in “Progress”` });
const progress: OnPage = { screen: 'progress', words: '“Progress”' };
const plan: OnPage = { screen: 'plan', words: '“Plan”' };

const byCommand: Readonly<Record<string, OnPage>> = {
  analyze: inGuide('a new look at the old database'),
  preflight: inGuide('the check of both databases'),
  rehearse: inGuide('the rehearsal'),
  approve: inGuide('the card'),
  migrate: inGuide('the move'),
  chat: { screen: 'guide', words: '“Guide”' },
  map: plan,
  plan,
  status: progress,
  progress,
  list: progress,
  watch: progress,
  pause: inProgress('Pause'),
  resume: inProgress('Go on'),
  cancel: inProgress('Give the move up instead'),
  rollback: inProgress('Undo the move'),
  quarantine: { screen: 'problems', words: '“Problems”' },
  validate: { screen: 'proof', words: 'the comparison in “Proof”' },
  report: { screen: 'proof', words: '“Proof”' },
};

/** With these a command does what the page does. */
const options = /^(?:details|preview|request|list|reason|run|check|edited-plan|all-recommended)$/;
const onlyThere = /^(?:export|integrity)$/;
const value = String.raw`(?:"[^"]*"|[^\s"”-][^\s"”]*?(?=[.,;:)”]*(?:\s|$)))`;
/** An option with or without its value, a word of a command, the answer to a question, an id of a run. */
const argument = String.raw` (?:--(?:as|days|entities|level|name|reason|request|run) ${value}|--[a-z][a-z-]*|(?:all|answer|export|integrity|list|retry|show|RUN|ID)\b|\d+ [a-z]\b|[\w.-]*\d[\w-]*)`;
const command = new RegExp(`[“\`]?${String.raw`\btowpath ([a-z]+)((?:${argument})*)`}[”\`]?`, 'g');

export interface NextStep {
  readonly words: string;
  /** Where the first of them is done; null: nowhere in particular. */
  readonly where: ScreenName | null;
}

/** `before`: what was said already, where the hint is the rest of a sentence. */
export function nextOnPage(hint: string, before = ''): NextStep {
  let where: ScreenName | null = null;
  const words = hint.replace(command, (said: string, name: string, given: string, place: number) => {
    const step = Object.hasOwn(byCommand, name) ? byCommand[name] : undefined;
    if (step === undefined || !isOnPage(given)) return said;
    where ??= step.screen;
    const ahead = before + hint.slice(0, place);
    const begins = ahead === '' || /[.?!]\s$/.test(ahead);
    return begins ? step.words.charAt(0).toUpperCase() + step.words.slice(1) : step.words;
  });
  return { words, where };
}

function isOnPage(given: string): boolean {
  const words = given.split(' ');
  return words.every((word) => (word.startsWith('--') ? options.test(word.slice(2)) : !onlyThere.test(word)));
}

/** What stopped a run or a kind of records, with the step that the page can take. */
export function errorOnPage<Failure extends { readonly hint: string }>(
  error: Failure | null,
): Failure | null {
  return error === null ? null : { ...error, hint: nextOnPage(error.hint).words };
}

/** The words of a run repeat the hint of what stopped it. */
export function runOnPage({ words, data, choices }: Told<RunFacts>): Told<RunFacts> {
  return { words: nextOnPage(words).words, data: { ...data, error: errorOnPage(data.error) }, choices };
}
