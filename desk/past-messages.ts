/** A conversation as it lies in Mastra's memory, read again: who said what, and what the tools of that turn answered. */
import { z } from 'zod';
import { agentNamed, isDelegation, resultOf, type TurnPart } from './turn-parts.ts';

export interface PastMessage {
  readonly id: string;
  readonly at: string;
  /** `towpath`: told by the program, between two turns. */
  readonly from: 'person' | 'guide' | 'towpath';
  /** Of a person their name; of the guide its model; null: not known. */
  readonly voice: string | null;
  readonly parts: readonly TurnPart[];
}

/** As we write them beside what is said. */
export interface MessageNotes {
  /** Who spoke. */
  readonly by?: string;
  /** The program told it. */
  readonly told?: 'towpath';
}

const invocation = z.object({
  toolName: z.string(),
  state: z.string(),
  args: z.unknown().optional(),
  result: z.unknown().optional(),
});
const part = z.object({
  type: z.string(),
  text: z.string().optional(),
  toolInvocation: invocation.optional().catch(undefined),
});
const message = z.object({
  id: z.string(),
  role: z.string(),
  createdAt: z.coerce.date(),
  content: z.object({
    parts: z.array(z.unknown()),
    metadata: z
      .object({
        by: z.string().optional().catch(undefined),
        told: z.literal('towpath').optional().catch(undefined),
        modelId: z.string().optional().catch(undefined),
      })
      .optional()
      .catch(undefined),
  }),
});

/** Oldest first, from messages in any order; what is no message is left out. */
export function readPast(stored: readonly unknown[], agent: string): PastMessage[] {
  return stored
    .map((item) => message.safeParse(item).data)
    .filter((item) => item !== undefined)
    .filter(({ role }) => role === 'user' || role === 'assistant')
    .sort((a, b) => +a.createdAt - +b.createdAt)
    .map(({ id, role, createdAt, content: { parts, metadata } }) => ({
      id,
      at: createdAt.toISOString(),
      from: metadata?.told ?? (role === 'user' ? 'person' : 'guide'),
      voice: (role === 'user' ? metadata?.by : metadata?.modelId) ?? null,
      parts: parts.flatMap((item) => partsOf(item, agent)),
    }));
}

function partsOf(stored: unknown, agent: string): TurnPart[] {
  const { type, text, toolInvocation: call } = part.safeParse(stored).data ?? {};
  if (type === 'text' && text) return [{ kind: 'text', agent, text }];
  if (type !== 'tool-invocation' || call === undefined || call.state !== 'result') return [];
  const result = resultOf(agent, { tool: call.toolName, input: call.args, result: call.result ?? null });
  return isDelegation(call.toolName) ? [...asked(call.result, agentNamed(call.toolName)), result] : [result];
}

const answerOfAgent = z.object({
  subAgentToolResults: z.array(
    z.object({ toolName: z.string(), args: z.unknown().optional(), result: z.unknown().optional() }),
  ),
});

/** What the tools of an agent answered that was asked by another. */
function asked(result: unknown, agent: string): TurnPart[] {
  const read = answerOfAgent.safeParse(result);
  if (!read.success) return [];
  return read.data.subAgentToolResults.map(({ toolName, args, result: found }) =>
    resultOf(agent, { tool: toolName, input: args, result: found ?? null }),
  );
}
