/** A scripted run as a file: what is said, decided and expected, in order. Written by a person, who is named in it. */
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { approvalActions } from '../../engine/contract/approvals.ts';
import { journeySteps } from '../../engine/contract/journey-state.ts';
import { MigrationError } from '../../engine/core/errors.ts';

const words = z.string().trim().min(1);
const action = z.enum(approvalActions);

/** A piece of text, upper and lower case alike; or `/…/` or `/…/i`: a regular expression. */
const expectation = words.transform((text, context): RegExp => {
  const pattern = /^\/(.+)\/(i?)$/s.exec(text);
  try {
    if (pattern !== null) return new RegExp(pattern[1]!, `${pattern[2]}su`);
  } catch {
    context.addIssue({ code: 'custom', message: 'is no regular expression' });
  }
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'iu');
});

/** Steps of the journey, or: a card waits; the guided migration is over; records are being moved. */
export const waitStates = [...journeySteps, 'approval', 'question', 'ended', 'moving'] as const;
export type WaitState = (typeof waitStates)[number];

const seconds = z.number().positive().max(86_400).default(600);

const turn = z.union(
  [
    z.strictObject({ say: words }),
    z.strictObject({ approve: action, reason: words.optional() }),
    z.strictObject({ decline: action, reason: words.optional() }),
    z.strictObject({ expect: expectation }),
    z.strictObject({ wait: z.enum(waitStates), seconds }),
  ],
  {
    error:
      'is none of: say, approve, decline, expect, wait (with approve and decline a reason, with wait the seconds)',
  },
);

const script = z.strictObject({
  /** The sample is made for this script and gone afterwards. */
  databases: z.enum(['sample', 'configured']),
  /** Of the sample, as with “towpath chat --scale”. */
  scale: z.number().min(0.002).max(100).optional(),
  mode: z.enum(['conversation', 'workflow']),
  /** Who takes the decisions, for the record. */
  as: words,
  turns: z.array(turn).min(1),
});

export type Script = z.output<typeof script>;
export type ScriptTurn = Script['turns'][number];

/** @throws SCRIPT_INVALID, which names the line of each mistake */
export function parseScript(text: string, file: string): Script {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    throw invalid(
      file,
      document.errors.map((error) => `line ${error.linePos?.[0].line ?? 1}: ${firstLine(error.message)}`),
    );
  }
  const read = script.safeParse(document.toJS());
  if (read.success) return read.data;
  const mistakes = read.error.issues.map((issue) => {
    const place = issue.path.length === 0 ? 'the script' : issue.path.join('.');
    const node = document.getIn(issue.path.slice(0, deepest(issue.path)), true) as { range?: number[] };
    const line = lines.linePos(node?.range?.[0] ?? 0).line;
    return `line ${line}, ${place}: ${issue.message}`;
  });
  throw invalid(file, mistakes);

  /** How much of the path is really there. */
  function deepest(path: readonly PropertyKey[]): number {
    let length = path.length;
    while (length > 0 && !document.hasIn(path.slice(0, length))) length -= 1;
    return length;
  }
}

function invalid(file: string, mistakes: readonly string[]): MigrationError {
  return new MigrationError({
    code: 'SCRIPT_INVALID',
    message: `${file} is not a script that can be played: ${mistakes.slice(0, 5).join('; ')}.`,
    hint: 'Compare it with docs/examples/guided-sample.yaml.',
    details: { mistakes },
  });
}

const firstLine = (text: string) => text.split('\n')[0]!.replace(/ at line \d+.*$/, '');
