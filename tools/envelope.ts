/**
 * What every tool answers, whatever happened: nothing is thrown at a model. `words` can be said to a person as they stand;
 * `data` are the facts that the words were made from.
 */
import { z } from 'zod';
import { type ApprovalCard, approvalCard, type Effect, helpFor, type Told } from '../engine/index.ts';

export const envelopeStatus = z.enum(['done', 'needs-approval', 'refused', 'not-built-yet']);

export interface Envelope<Data = unknown> {
  status: z.infer<typeof envelopeStatus>;
  words: string;
  data: Data | null;
  /** What can be answered, the recommended one first. */
  choices: string[];
  /** What a person has to decide before the effect can happen. */
  approval: ApprovalCard | null;
  error: { code: string; message: string; hint: string; help: string } | null;
}

export function envelopeOf<Data extends z.ZodType>(data: Data) {
  return z.object({
    status: envelopeStatus,
    words: z.string(),
    data: data.nullable(),
    choices: z.array(z.string()),
    approval: approvalCard.nullable(),
    /** `help`: where docs/recovery.md says what to do about it. */
    error: z.object({ code: z.string(), message: z.string(), hint: z.string(), help: z.string() }).nullable(),
  });
}

export function done<Data>({ words, data, choices }: Told<Data>): Envelope<Data> {
  return { status: 'done', words, data, choices: [...choices], approval: null, error: null };
}

/** How a person gives it, since no tool can. The journey's own words say that only a person can. */
export const howGiven =
  'It is given with the approval card or with “towpath approve --list”. Nothing has been done yet.';

export function needsApproval<Data>(
  words: string,
  card: ApprovalCard,
  data: Data | null = null,
): Envelope<Data> {
  return {
    status: 'needs-approval',
    words,
    data,
    choices: [],
    approval: card,
    error: null,
  };
}

export function effect<Data>(result: Effect<Data>): Envelope<Data> {
  return result.status === 'done'
    ? done(result.told)
    : needsApproval(`${result.words} ${howGiven}`, result.card);
}

export function refused(code: string, message: string, hint: string): Envelope<never> {
  return {
    status: 'refused',
    words: `${message} ${hint}`,
    data: null,
    choices: [],
    approval: null,
    error: { code, message, hint, help: helpFor(code) },
  };
}

export function notBuiltYet(words: string): Envelope<never> {
  return { status: 'not-built-yet', words, data: null, choices: [], approval: null, error: null };
}
