/**
 * A workflow step whose promises are checked. Mastra compares a step's input with its schema, but neither its output nor
 * what it suspends with, and a bail or an unmatched branch counts as success. Here a step answers either with a card, which
 * suspends it, or with an output; both are parsed, and what does not fit fails the step. There is no bail: a no is a field.
 */
import type { InferPublicSchema } from '@mastra/core/schema';
import { createStep } from '@mastra/core/workflows';
import { z } from 'zod';
import { type JourneyCard, journeyCard, MigrationError } from '../engine/index.ts';

/** What a person answered to a card. To an approval it is only a nudge: the approvals themselves are elsewhere. */
const resumeAnswer = z.object({ answer: z.string().max(200), by: z.string().nullable() });
export type ResumeAnswer = z.infer<typeof resumeAnswer>;

export interface StepContext<Input> {
  readonly input: Input;
  /** Null where the step runs for the first time, or again after a crash. */
  readonly resumed: ResumeAnswer | null;
  /** The card that was answered. */
  readonly answered: JourneyCard | null;
  /** Aborted when the workflow is cancelled. */
  readonly signal: AbortSignal;
  /** For whoever watches the step while it works. */
  tell(words: string, data?: Readonly<Record<string, unknown>>): Promise<void>;
}

export type StepVerdict<Output> =
  | { readonly kind: 'ask'; readonly card: JourneyCard }
  | { readonly kind: 'on'; readonly output: Output };

export interface StrictStep<Id extends string, Input extends z.ZodType, Output extends z.ZodType> {
  readonly id: Id;
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  work(context: StepContext<z.output<Input>>): Promise<StepVerdict<z.input<Output>>>;
}

/** @throws in the step STEP_OUTPUT_INVALID, where `work` answers neither a card nor the promised output */
export function strictStep<const Id extends string, Input extends z.ZodType, Output extends z.ZodType>({
  id,
  description,
  input,
  output,
  work,
}: StrictStep<Id, Input, Output>) {
  return createStep({
    id,
    description,
    inputSchema: input,
    outputSchema: output,
    suspendSchema: journeyCard,
    resumeSchema: resumeAnswer,
    async execute({ inputData, resumeData, suspendData, suspend, abortSignal, writer }) {
      const verdict = await work({
        input: inputData as z.output<Input>,
        resumed: resumeData ?? null,
        answered: journeyCard.safeParse(suspendData).data ?? null,
        signal: abortSignal,
        tell: async (words, data = {}) => {
          await writer?.write({ type: 'progress', step: id, words, data });
        },
      });
      if (verdict.kind === 'ask') return suspend(checked(id, journeyCard, verdict.card));
      return checked(id, output, verdict.output) as InferPublicSchema<Output>;
    },
  });
}

function checked<Schema extends z.ZodType>(id: string, schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new MigrationError({
    code: 'STEP_OUTPUT_INVALID',
    message: `The step “${id}” did not answer what it promises (${issue?.path.join('.') || 'answer'}: ${issue?.code}), so nothing after it was begun.`,
    hint: 'This is a mistake in the program; the log has the details. What was moved before is untouched.',
  });
}
