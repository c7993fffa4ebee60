/**
 * A model that says what a test wrote down, turn by turn: a text, or calls of tools. After the last turn it says “done”.
 * `seen` gets the request of every turn.
 */
import type { MastraModelConfig } from '@mastra/core/llm';

export type Turn =
  | string
  | { readonly tool: string; readonly input: unknown }
  | readonly { readonly tool: string; readonly input: unknown }[];

export interface SeenRequest {
  readonly prompt: readonly { readonly role: string; readonly content: unknown }[];
  readonly tools?: readonly { readonly name: string }[];
}

export function createScriptedModel(turns: readonly Turn[], seen: SeenRequest[] = []): MastraModelConfig {
  const left = [...turns];
  let calls = 0;
  const usage = {
    inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: 1, text: 1, reasoning: 0 },
  };
  const next = (request: SeenRequest) => {
    seen.push(request);
    const turn = left.shift() ?? 'done';
    if (typeof turn === 'string') {
      return {
        content: [{ type: 'text' as const, text: turn }],
        finishReason: { unified: 'stop', raw: 'stop' },
      };
    }
    const content = [turn].flat().map(({ tool, input }) => ({
      type: 'tool-call' as const,
      toolCallId: `call-${++calls}`,
      toolName: tool,
      input: JSON.stringify(input),
    }));
    return { content, finishReason: { unified: 'tool-calls', raw: 'tool_calls' } };
  };
  const model = {
    specificationVersion: 'v4',
    provider: 'scripted',
    modelId: 'scripted',
    supportedUrls: {},
    doGenerate: async (request: SeenRequest) => ({ ...next(request), usage, warnings: [] }),
    async doStream(request: SeenRequest) {
      const { content, finishReason } = next(request);
      const parts: unknown[] = [{ type: 'stream-start', warnings: [] }];
      for (const part of content) {
        if (part.type === 'text') {
          parts.push({ type: 'text-start', id: 't' }, { type: 'text-delta', id: 't', delta: part.text });
          parts.push({ type: 'text-end', id: 't' });
          continue;
        }
        const id = part.toolCallId;
        parts.push({ type: 'tool-input-start', id, toolName: part.toolName });
        parts.push({ type: 'tool-input-delta', id, delta: part.input }, { type: 'tool-input-end', id }, part);
      }
      parts.push({ type: 'finish', finishReason, usage });
      return { stream: ReadableStream.from(parts) };
    },
  };
  return model as unknown as MastraModelConfig;
}
