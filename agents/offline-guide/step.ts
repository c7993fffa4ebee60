/** What the guide does next: ask a tool, or speak and stop. */
import type { AgentId } from '../../tools/permissions.ts';
import type { ToolAnswer, ToolResult } from './conversation.ts';
import type { Dialogue } from './dialogue.ts';

export type Step =
  | { readonly kind: 'call'; readonly tool: string; readonly input: Readonly<Record<string, unknown>> }
  | Words;

export interface Words {
  readonly kind: 'say';
  readonly words: string;
  /** The recommended one first. */
  readonly choices: readonly string[];
}

/** One message of a person, and what was found out for it so far. */
export interface Moment {
  readonly agent: AgentId;
  readonly dialogue: Dialogue;
  /** Since the message. */
  readonly results: readonly ToolResult[];
  readonly offered: ReadonlySet<string>;
}

export function say(words: string, choices: readonly string[] = []): Words {
  return { kind: 'say', words, choices };
}

export function call(tool: string, input: Readonly<Record<string, unknown>> = {}): Step {
  return { kind: 'call', tool, input };
}

export function resultOf({ results }: Moment, tool: string): ToolResult | null {
  return results.findLast((result) => result.tool === tool) ?? null;
}

export function dataOf(answer: ToolAnswer | null): unknown {
  return answer?.status === 'done' || answer?.status === 'needs-approval' ? answer.data : null;
}
