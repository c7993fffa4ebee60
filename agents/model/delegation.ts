/**
 * Delegation as a model may use it. Mastra offers each sub-agent as a tool `agent-<name>` that takes, besides the prompt,
 * instructions, a number of steps and more; a model that could set these would choose its own limits. It sees and sets
 * the prompt only.
 */
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
export function narrowDelegationInput(tool: string, input: unknown): unknown {
  if (!isDelegation(tool) || typeof input !== 'object' || input === null) return input;
  return { prompt: (input as { prompt?: unknown }).prompt };
}

/** The same for a call whose input is still text; text that is no JSON stays, and Mastra refuses it. */
export function narrowDelegationText(tool: string, input: string): string {
  if (!isDelegation(tool)) return input;
  try {
    return JSON.stringify(narrowDelegationInput(tool, JSON.parse(input)));
  } catch {
    return input;
  }
}
