/**
 * What a command that fails must say: one sentence on what happened, what is in the target now, one next command of Towpath; never a
 * stack. And the number it ends with, as people's scripts rely on it.
 */
import { commandList } from '../../cli/command-list.ts';
import type { Ended } from '../scenarios/towpath-process.ts';

/** The new database is named with what is in it, or the command says that it left everything as it was. */
const NAMES_THE_STATE = [
  /\b(in|into|from|out of) the (target|new database|new system)\b(?! server)/i,
  /\bthe (target|new database|new system) (is|was|holds|has|keeps|stays|remains)\b/i,
  /\b(nothing|no row|no record) (of it |of this )?(was|were|has been|is) (changed|moved|written|taken out|half done)\b/i,
];

/** Not “failed”: the numbers of the codes that a fault may end with. */
const EXITS: Readonly<Record<string, number>> = {
  GATE_CLOSED: 3,
  VALIDATION_FAILED: 3,
  VALIDATION_INCOMPLETE: 3,
  NOTHING_FITS: 5,
  PREFLIGHT_FAILED: 3,
  SOURCE_DRIFT: 3,
  DEPENDENCY_NOT_MET: 3,
  APPROVAL_REQUIRED: 4,
  APPROVAL_OUTDATED: 4,
  APPROVAL_EXPIRED: 4,
  INTERRUPTED: 130,
};
const FAILED = 1;
const USAGE = 2;
const GATE = 3;

export interface Circumstances {
  /** A fault struck: then nothing that goes wrong is wrong usage. */
  readonly struck: boolean;
}

export function checkWords(ended: Ended, command: string, { struck }: Circumstances): string[] {
  if (ended.signal !== null) return [];
  const wrong = ended.code === 0 ? checkSuccess(ended) : checkFailure(ended, command, struck);
  return wrong.map((what) => `“${command}” ended with ${ended.code}: ${what}`);
}

function checkSuccess({ stdout }: Ended): string[] {
  const document = documentOf(stdout);
  if (document === null) return [`--json printed no document: ${stdout.slice(0, 200)}`];
  return document.status === 'error' ? [`says “done” and prints an error: ${stdout.slice(0, 300)}`] : [];
}

function checkFailure(ended: Ended, command: string, struck: boolean): string[] {
  const { stderr, stdout, code } = ended;
  const wrong: string[] = [];
  if (/\n\s+at .*:\d+:\d+/.test(stderr + stdout) || /node:internal/.test(stderr + stdout))
    wrong.push('a stack was printed');
  const document = documentOf(stdout);
  if (document === null) return [...wrong, `--json printed no document: ${stdout.slice(0, 200)}`];
  // differences are findings and no errors: they are the answer that was asked for
  if (code === GATE && command.startsWith('validate ')) return wrong;
  const told = /^Error: ([^\n]+)\nNext: ([^\n]+)$/m.exec(stderr);
  if (told === null) return [...wrong, `no “Error: …, Next: …”: ${stderr.slice(-300)}`];
  const name = document.error?.code ?? '';
  if (code === USAGE) {
    if (struck) wrong.push(`a fault is told as wrong usage: ${told[0]}`);
    return wrong;
  }
  if (code !== (EXITS[name] ?? FAILED)) wrong.push(`${name} is not ${code}`);
  const words = `${told[1]} ${told[2]}`;
  if (!NAMES_THE_STATE.some((pattern) => pattern.test(words)))
    wrong.push(`does not say what is in the target: ${told[0]}`);
  if (commandsNamed(told[2]!).length === 0) wrong.push(`names no command: ${told[2]}`);
  return wrong;
}

/** The commands that a “Next: …” names, in its order, as words behind `towpath`. */
export function commandsNamed(next: string): string[] {
  return [
    ...next.matchAll(/\btowpath ([a-z][a-z-]*)((?: (?:--[a-z-]+|all\b|[A-Za-z0-9_-]*\d[A-Za-z0-9_-]*))*)/g),
  ]
    .filter(([, name]) => commandList.some((command) => command.name === name))
    .map(([, name, rest]) => `${name}${rest}`);
}

/** The line “Next: …” of a command that failed. */
export function nextOf({ stderr }: Ended): string {
  return /^Next: ([^\n]+)$/m.exec(stderr)?.[1] ?? '';
}

interface Document {
  readonly status?: unknown;
  readonly error?: { readonly code?: string };
}

function documentOf(text: string): Document | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Document) : null;
  } catch {
    return null;
  }
}
