/**
 * The gate around every tool. A call passes it by the tool's exact name and the agent's exact id, as permissions.ts lists
 * them; what a model says about its rights is never read. A call without an agent (the playground's form, HTTP, a
 * workflow's step) may look and propose; what executes or destroys goes on to its own approval check and is logged as
 * such. Nothing is thrown: errors become refusals in words, and an error that is not ours shows none of its text.
 */
import type { z } from 'zod';
import { type Log, MigrationError } from '../engine/index.ts';
import type { Call, ToolDefinition } from './definition.ts';
import { type Envelope, envelopeOf, refused } from './envelope.ts';
import { fillNulls } from './fill-nulls.ts';
import { type Permission, permissions, type ToolRule } from './permissions.ts';
import { cutWords, plainOutput, plainWords } from './plain-output.ts';

export interface Caller {
  /** Null: nobody's agent. An agent without an id is not nobody: it is refused. */
  readonly agent: string | null;
}

const usualPatience = 45_000;
const longestWords = 6000;
const noAgent = 'no agent';

/** Null: go on. */
export function permit(tool: string, { agent }: Caller): Envelope<never> | null {
  const rule = ruleOf(tool);
  if (rule === null) {
    return refused(
      'TOOL_NOT_PERMITTED',
      `There is no tool “${tool}”.`,
      'Use one of the tools that you were given.',
    );
  }
  if (agent === null || rule.agents.some((id) => id === agent)) return null;
  return refused(
    'TOOL_NOT_PERMITTED',
    `The agent “${agent}” does not hold the tool “${tool}”.`,
    `It belongs to: ${rule.agents.join(', ')}.`,
  );
}

/** The function that every call of a tool goes through; it answers an envelope and never rejects. */
export function createGate(log: Log) {
  const lines = log.child({ component: 'agents' });

  return async function pass(
    tool: string,
    definition: ToolDefinition,
    given: unknown,
    caller: Caller,
    call: Omit<Call, 'by'>,
  ): Promise<Envelope> {
    const started = performance.now();
    const answer =
      permit(tool, caller) ??
      (await attempt(tool, definition, given, { ...call, by: caller.agent ?? noAgent }));
    const refusedHere = answer.error?.code === 'TOOL_NOT_PERMITTED';
    lines[refusedHere ? 'warn' : 'info'](refusedHere ? 'tool.refused' : 'tool.called', {
      tool: plainWords(tool, 80),
      agent: plainWords(caller.agent ?? noAgent, 80),
      permission: permissionOf(tool),
      outcome: answer.status,
      code: answer.error?.code ?? null,
      milliseconds: Math.round(performance.now() - started),
    });
    return answer;
  };

  async function attempt(
    tool: string,
    definition: ToolDefinition,
    given: unknown,
    call: Call,
  ): Promise<Envelope> {
    try {
      const input = definition.input.safeParse(fillNulls(definition.input, given ?? {}));
      if (!input.success) return misfit(input.error);
      if (holdsControls(input.data)) return controls;
      const answer = await inTime(definition.run(input.data, call), definition.patience ?? usualPatience);
      return present(answer, definition);
    } catch (error) {
      if (error instanceof MigrationError) return clean(refused(error.code, error.message, error.hint));
      lines.error('tool.failed', { tool, error });
      return refused(
        'INTERNAL',
        'Something went wrong inside Towpath that it did not expect, so whether this was done is not known.',
        'Ask where we are before anything else; the log holds the details.',
      );
    }
  }
}

function ruleOf(tool: string): ToolRule | null {
  return Object.hasOwn(permissions, tool) ? permissions[tool as keyof typeof permissions] : null;
}

function permissionOf(tool: string): Permission | null {
  return ruleOf(tool)?.permission ?? null;
}

/** No name, key or condition has any; a server stumbles over some of them. */
function holdsControls(value: unknown): boolean {
  if (typeof value === 'string') return /(?![\t\n\r])\p{Cc}/u.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsControls);
}

const controls = refused(
  'INPUT_INVALID',
  'The tool was called with a text that holds control characters.',
  'Call it again without them.',
);

/** Names the places, not what stood there. */
function misfit(error: z.ZodError): Envelope<never> {
  const places = error.issues
    .slice(0, 8)
    .map((issue) => `${issue.path.join('.') || 'the input'}: ${wordsOf(issue)}`)
    .join('; ');
  return clean(
    refused(
      'INPUT_INVALID',
      `The tool was called with an input that does not fit: ${places}.`,
      'Call it again with these places put right.',
    ),
  );
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return 'has fields that the tool does not know';
  if (issue.code === 'invalid_type') return `must be ${issue.expected}`;
  return issue.message;
}

/** Cleans what leaves and proves that it has the promised shape; a tool that breaks its promise has failed. */
function present(answer: Envelope, { data, longestText = 600 }: ToolDefinition): Envelope {
  const facts = plainOutput(answer.data, longestText);
  const told = clean({ ...answer, words: answer.words + cutWords(facts.cut) });
  return envelopeOf(data).parse({ ...told, data: facts.value }) as Envelope;
}

function clean<Data>(answer: Envelope<Data>): Envelope<Data> {
  const { words, data, ...rest } = answer;
  return { ...(plainOutput(rest, 1000).value as typeof rest), words: plainWords(words, longestWords), data };
}

async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooSlow(milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow(milliseconds: number): MigrationError {
  return new MigrationError({
    code: 'TOOL_TOO_SLOW',
    message: `This is taking longer than ${Math.round(milliseconds / 1000)} seconds and may still be at work.`,
    hint: 'Do not start it again; ask where we are in a moment.',
  });
}
