/**
 * Calls and results that belong together. A turn that was broken off leaves a call without a result in the history, and
 * a model may invent a name that no interface takes; OpenAI would refuse every later request of that conversation.
 */
import type { Prompt } from './language-model.ts';

/** The prompt without calls that nobody answered and answers that nobody asked for; names fit for the wire. */
export function keepAnsweredCalls(prompt: Prompt): Prompt {
  const calls = new Set(idsOf(prompt, 'tool-call'));
  const results = new Set(idsOf(prompt, 'tool-result'));
  const kept = (part: { readonly type: string; readonly toolCallId?: string }) =>
    (part.type !== 'tool-call' && part.type !== 'tool-result') ||
    (calls.has(part.toolCallId ?? '') && results.has(part.toolCallId ?? ''));
  return prompt.flatMap((message): Prompt => {
    if (message.role !== 'assistant' && message.role !== 'tool') return [message];
    const content = message.content.filter(kept).map(withPlainName);
    return content.length === 0 ? [] : [{ ...message, content } as Prompt[number]];
  });
}

function idsOf(prompt: Prompt, type: 'tool-call' | 'tool-result'): string[] {
  return prompt.flatMap((message) =>
    typeof message.content === 'string'
      ? []
      : message.content.flatMap((part) =>
          part.type === type && 'toolCallId' in part ? [part.toolCallId] : [],
        ),
  );
}

function withPlainName<Part extends { readonly type: string }>(part: Part): Part {
  if (!('toolName' in part) || typeof part.toolName !== 'string') return part;
  const toolName = part.toolName.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || '_';
  return { ...part, toolName };
}
