/**
 * One turn of a conversation as it arrives: words, and which agent called which tool with what outcome. Reads Mastra's
 * stream, in which the parts of an agent that was asked by another come wrapped in parts of the asking.
 */
import { z } from 'zod';

export type TurnPart =
  | { readonly kind: 'text'; readonly agent: string; readonly text: string }
  | { readonly kind: 'call'; readonly agent: string; readonly tool: string; readonly input: unknown }
  | {
      readonly kind: 'result';
      readonly agent: string;
      readonly tool: string;
      readonly outcome: ToolOutcome;
      readonly facts: ToolFacts;
    }
  | { readonly kind: 'problem'; readonly agent: string; readonly message: string };

export interface ToolOutcome {
  /** Of the tools' envelope; `failed` where the tool did not answer with one. */
  readonly status: string;
  readonly words: string | null;
  readonly code: string | null;
  /** The approval that a person is asked for. */
  readonly approvalId: string | null;
}

/** What the tool was asked and what it found; `data` null where it found nothing. Its shape is the tool's own. */
export interface ToolFacts {
  readonly input: unknown;
  readonly data: unknown;
  readonly choices: readonly string[];
}

const chunk = z.object({
  type: z.string(),
  payload: z
    .object({
      text: z.string().optional(),
      toolName: z.string().optional(),
      args: z.unknown().optional(),
      result: z.unknown().optional(),
      error: z.unknown().optional(),
      output: z.unknown().optional(),
      reason: z.string().optional(),
    })
    .loose()
    .optional(),
});

const envelope = z.object({
  status: z.string(),
  words: z.string(),
  approval: z.object({ id: z.string() }).nullable().optional(),
  error: z.object({ code: z.string() }).nullable().optional(),
  data: z.unknown().optional(),
  choices: z.array(z.string()).optional(),
});

const delegation = 'agent-';

export function isDelegation(tool: string): boolean {
  return tool.startsWith(delegation);
}

export async function* readParts(stream: AsyncIterable<unknown>, agent: string): AsyncGenerator<TurnPart> {
  for await (const item of stream) yield* partsOf(item, agent);
}

function* partsOf(item: unknown, agent: string): Generator<TurnPart> {
  const read = chunk.safeParse(item);
  if (!read.success) return;
  const { type, payload = {} } = read.data;
  const tool = payload.toolName ?? '';
  switch (type) {
    case 'text-delta':
      if (payload.text) yield { kind: 'text', agent, text: payload.text };
      return;
    case 'tool-call':
      yield { kind: 'call', agent, tool, input: payload.args ?? null };
      return;
    case 'tool-result':
      yield resultOf(agent, { tool, input: payload.args, result: payload.result });
      return;
    case 'tool-error':
      yield resultOf(agent, { tool, input: payload.args, result: null });
      return;
    case 'tool-output':
      if (isDelegation(tool)) yield* partsOf(payload.output, agentNamed(tool));
      return;
    case 'tripwire':
      yield { kind: 'problem', agent, message: payload.reason ?? 'The answer was stopped.' };
      return;
    case 'error':
      yield { kind: 'problem', agent, message: messageOf(payload.error) };
      return;
  }
}

const failed: ToolOutcome = { status: 'failed', words: null, code: null, approvalId: null };

export interface ToolReturn {
  readonly tool: string;
  readonly input: unknown;
  /** As the tool gave it. */
  readonly result: unknown;
}

export function resultOf(agent: string, { tool, input = null, result }: ToolReturn): TurnPart {
  const part = { kind: 'result', agent, tool } as const;
  const nothing: ToolFacts = { input, data: null, choices: [] };
  if (isDelegation(tool))
    return { ...part, outcome: result === null ? failed : { ...failed, status: 'done' }, facts: nothing };
  const read = envelope.safeParse(result);
  if (!read.success) return { ...part, outcome: failed, facts: nothing };
  const { status, words, approval, error, data = null, choices = [] } = read.data;
  return {
    ...part,
    outcome: { status, words, code: error?.code ?? null, approvalId: approval?.id ?? null },
    facts: { input, data, choices },
  };
}

/** `agent-dataMapping` → `data-mapping`. */
export function agentNamed(tool: string): string {
  return tool.slice(delegation.length).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : 'The model did not answer.';
}
