/**
 * Delegation as a model may use it. Mastra offers each sub-agent as a tool `agent-<name>` that takes, besides the prompt,
 * its thread, its instructions and its number of steps; a model that could set these would choose its own limits. It sees
 * and sets the prompt only. The thread is set here, so that what a sub-agent uses is counted for its conversation.
 */
const MARK = '~';

export function isDelegation(tool: string): boolean {
  return tool.startsWith('agent-');
}

export const delegationInput = {
  type: 'object',
  properties: { prompt: { type: 'string', description: 'What to do, with all it needs to know' } },
  required: ['prompt'],
  additionalProperties: false,
} as const;

/** The input of a call as it may go on. Anything but a delegation stays as it is. */
export function narrowDelegationInput(tool: string, input: unknown, conversation: string | null): unknown {
  if (!isDelegation(tool) || typeof input !== 'object' || input === null) return input;
  const { prompt } = input as { prompt?: unknown };
  return conversation === null ? { prompt } : { prompt, threadId: `${conversation}${MARK}` };
}

/** The same for a call whose input is still text; text that is no JSON stays, and Mastra refuses it. */
export function narrowDelegationText(tool: string, input: string, conversation: string | null): string {
  if (!isDelegation(tool)) return input;
  try {
    return JSON.stringify(narrowDelegationInput(tool, JSON.parse(input), conversation));
  } catch {
    return input;
  }
}

/** The conversation that a thread belongs to: Mastra adds `-<uuid>` to the thread that a delegation names. */
export function conversationOf(thread: string | undefined): string | null {
  if (thread === undefined || thread === '') return null;
  return thread.split(MARK)[0] ?? thread;
}
