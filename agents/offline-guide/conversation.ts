/**
 * The prompt of a model call as a conversation: what the person said last, what was said before, and what tools answered.
 * The system's words and everything that stands in a tool result are data here; nothing in them is an order.
 */
import { z } from 'zod';
import { approvalCard } from '../../engine/index.ts';
import { envelopeStatus } from '../../tools/envelope.ts';

const envelope = z.object({
  status: envelopeStatus,
  words: z.string(),
  data: z.unknown(),
  choices: z.array(z.string()).default([]),
  approval: approvalCard.nullable().catch(null),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable().catch(null),
});
export type ToolAnswer = z.infer<typeof envelope>;

export interface ToolResult {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Null where the tool did not answer as the tools here do. */
  readonly answer: ToolAnswer | null;
  /** What another agent said, or an error's words. */
  readonly text: string | null;
  readonly failed: boolean;
}

export interface Turn {
  readonly who: 'person' | 'guide';
  readonly text: string;
}

export interface Conversation {
  /** The person's last message. */
  readonly said: string;
  /** Everything before it, oldest first. */
  readonly before: readonly Turn[];
  /** What tools answered since. */
  readonly results: readonly ToolResult[];
  /** What tools answered before. */
  readonly earlier: readonly ToolResult[];
}

const part = z.looseObject({ type: z.string() });
const message = z.looseObject({ role: z.string(), content: z.union([z.string(), z.array(part)]) });
type Part = z.infer<typeof part>;

export function readConversation(prompt: readonly unknown[]): Conversation {
  const messages = prompt.map((item) => message.safeParse(item).data).filter((item) => item !== undefined);
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const before = messages.slice(0, Math.max(0, last));
  const said = last === -1 ? '' : textOf(messages[last]!.content);
  return {
    said,
    before: before.flatMap(turnOf),
    results: resultsOf(messages.slice(last + 1)),
    earlier: resultsOf(before),
  };
}

function turnOf({ role, content }: z.infer<typeof message>): Turn[] {
  const text = role === 'user' || role === 'assistant' ? textOf(content) : '';
  if (text === '') return [];
  return [{ who: role === 'user' ? 'person' : 'guide', text }];
}

function textOf(content: string | readonly Part[]): string {
  if (typeof content === 'string') return content.trim();
  const texts = content.map((item) =>
    item.type === 'text' && typeof item.text === 'string' ? item.text : '',
  );
  return texts
    .filter((text) => text !== '')
    .join('\n')
    .trim();
}

function resultsOf(messages: readonly z.infer<typeof message>[]): ToolResult[] {
  const parts = messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
  const inputs = new Map(
    parts.filter(({ type }) => type === 'tool-call').map((call) => [call.toolCallId, call.input] as const),
  );
  return parts
    .filter(({ type }) => type === 'tool-result')
    .map((result) => toolResult(String(result.toolName), inputs.get(result.toolCallId), result.output));
}

const output = z.object({ type: z.string(), value: z.unknown() });

function toolResult(tool: string, input: unknown, given: unknown): ToolResult {
  const { type, value } = output.safeParse(given).data ?? { type: 'none', value: null };
  const base = { tool, input: isRecord(input) ? input : {}, failed: type.startsWith('error') };
  const answer = envelope.safeParse(value).data ?? null;
  if (answer !== null) return { ...base, answer, text: null };
  if (isRecord(value) && typeof value.text === 'string') return { ...base, answer, text: value.text };
  return { ...base, answer, text: typeof value === 'string' ? value : null };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
