/** What a guide answered, read from the messages that Mastra hands to a scorer: words, and every tool call with its result. */
import { z } from 'zod';

export interface ToolCall {
  readonly tool: string;
  readonly args: unknown;
  readonly result: unknown;
  /** `done`, `needs-approval`, `refused`, `not-built-yet`; null where the result is no envelope. */
  readonly status: string | null;
}

export interface Heard {
  /** Of the last message. */
  readonly text: string;
  /** Of all turns, those of agents that were asked by the first one included. */
  readonly calls: readonly ToolCall[];
}

const invocation = z.object({
  type: z.literal('tool-invocation'),
  toolInvocation: z.object({
    toolName: z.string(),
    args: z.unknown().optional(),
    result: z.unknown().optional(),
  }),
});
const message = z.object({
  role: z.string(),
  content: z.object({ parts: z.array(z.object({ type: z.string(), text: z.string().optional() }).loose()) }),
});
const asked = z.object({
  subAgentToolResults: z
    .array(z.object({ toolName: z.string(), args: z.unknown().optional(), result: z.unknown().optional() }))
    .optional(),
});
const envelope = z.object({ status: z.string() });

export function hear(output: unknown): Heard {
  const messages = z.array(message).parse(output);
  const answers = messages.filter(({ role }) => role === 'assistant');
  const text = (answers.at(-1)?.content.parts ?? [])
    .map((part) => (part.type === 'text' ? (part.text ?? '') : ''))
    .join('\n')
    .trim();
  return { text, calls: answers.flatMap(({ content }) => content.parts.flatMap(callsOf)) };
}

function callsOf(part: unknown): ToolCall[] {
  const read = invocation.safeParse(part);
  if (!read.success) return [];
  const { toolName, args, result } = read.data.toolInvocation;
  const inner = asked.safeParse(result).data?.subAgentToolResults ?? [];
  return [
    callOf(toolName, args, result),
    ...inner.map((call) => callOf(call.toolName, call.args, call.result)),
  ];
}

function callOf(tool: string, args: unknown, result: unknown): ToolCall {
  return { tool, args, result, status: envelope.safeParse(result).data?.status ?? null };
}
