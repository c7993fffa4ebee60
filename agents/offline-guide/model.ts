/** The offline guide's steps in the shape of a language model's answers, whole or streamed word by word. */
import { createHash } from 'node:crypto';
import type { AgentId } from '../../tools/permissions.ts';
import type {
  CallOptions,
  GenerateResult,
  LanguageModel,
  StreamPart,
  Usage,
} from '../model/language-model.ts';
import { modelName } from './about.ts';
import { choicesLine } from './choices.ts';
import { decide } from './decide.ts';
import type { Words } from './step.ts';

type Content =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tool-call';
      readonly toolCallId: string;
      readonly toolName: string;
      readonly input: string;
    };

/** Rules cost nothing. */
const usage: Usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};

export function createOfflineModel(agentOf: (tools: readonly string[]) => AgentId): LanguageModel {
  const answer = ({ prompt, tools = [], toolChoice, abortSignal }: CallOptions): Content => {
    abortSignal?.throwIfAborted();
    const names = tools.map(({ name }) => name);
    const callable = toolChoice?.type === 'none' ? [] : names;
    const step = decide({ agent: agentOf(names), prompt, tools: callable });
    if (step.kind === 'say') return { type: 'text', text: textOf(step) };
    const { tool: toolName, input } = step;
    return {
      type: 'tool-call',
      toolCallId: callId(prompt, toolName),
      toolName,
      input: JSON.stringify(input),
    };
  };
  return {
    specificationVersion: 'v4',
    provider: 'offline',
    modelId: modelName,
    supportedUrls: {},
    async doGenerate(options) {
      const content = answer(options);
      return { content: [content], finishReason: finishOf(content), usage, warnings: [] };
    },
    async doStream(options) {
      return { stream: streamOf(partsOf(answer(options))) };
    },
  };
}

function textOf({ words, choices }: Words): string {
  const line = choicesLine(choices);
  return line === '' ? words : `${words}\n${line}`;
}

/** The same call of the same conversation has the same id; another one never has. */
function callId(prompt: unknown, tool: string): string {
  const hash = createHash('sha256').update(JSON.stringify(prompt)).update(tool);
  return `call-${hash.digest('hex').slice(0, 20)}`;
}

function finishOf({ type }: Content): GenerateResult['finishReason'] {
  const reason = type === 'text' ? 'stop' : 'tool-calls';
  return { unified: reason, raw: reason };
}

function partsOf(content: Content): StreamPart[] {
  const start: StreamPart[] = [
    { type: 'stream-start', warnings: [] },
    { type: 'response-metadata', id: 'offline', modelId: modelName, timestamp: new Date(0) },
  ];
  const finish: StreamPart = { type: 'finish', finishReason: finishOf(content), usage };
  if (content.type === 'text') return [...start, ...textParts(content.text), finish];
  const { toolCallId: id, toolName, input } = content;
  return [
    ...start,
    { type: 'tool-input-start', id, toolName },
    { type: 'tool-input-delta', id, delta: input },
    { type: 'tool-input-end', id },
    content,
    finish,
  ];
}

/** Word by word, each with the space behind it. */
function textParts(text: string): StreamPart[] {
  const deltas = text.match(/\S+\s*|\s+/g) ?? [];
  return [
    { type: 'text-start', id: 'text' },
    ...deltas.map((delta): StreamPart => ({ type: 'text-delta', id: 'text', delta })),
    { type: 'text-end', id: 'text' },
  ];
}

function streamOf(parts: readonly StreamPart[]): ReadableStream<StreamPart> {
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
}
