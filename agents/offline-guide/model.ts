/**
 * The offline guide as a language model: same conversation in, same answer out; no network, no model, no state. It has the
 * shape that agents call, so that everything around it is the same with and without a key.
 */
import { createHash } from 'node:crypto';
import type { AgentId } from '../../tools/permissions.ts';
import { modelName } from './about.ts';
import { choicesLine } from './choices.ts';
import { decide } from './decide.ts';
import type { Step } from './step.ts';

export interface CallOptions {
  readonly prompt: readonly unknown[];
  readonly tools?: readonly { readonly name: string }[];
  readonly toolChoice?: { readonly type: string; readonly toolName?: string };
  readonly abortSignal?: AbortSignal;
}

type Content =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tool-call';
      readonly toolCallId: string;
      readonly toolName: string;
      readonly input: string;
    };

export type StreamPart = { readonly type: string } & Readonly<Record<string, unknown>>;

export interface OfflineModel {
  readonly specificationVersion: 'v4';
  readonly provider: 'offline';
  readonly modelId: string;
  readonly supportedUrls: Readonly<Record<string, RegExp[]>>;
  doGenerate(options: CallOptions): Promise<{
    content: Content[];
    finishReason: { unified: 'stop' | 'tool-calls'; raw: string };
    usage: typeof noUsage;
    warnings: never[];
  }>;
  doStream(options: CallOptions): Promise<{ stream: ReadableStream<StreamPart> }>;
}

export interface OfflineGuide {
  forAgent(agent: AgentId): OfflineModel;
}

/** Rules cost nothing. */
const noUsage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};

export function createOfflineGuide(): OfflineGuide {
  return { forAgent };
}

function forAgent(agent: AgentId): OfflineModel {
  return {
    specificationVersion: 'v4',
    provider: 'offline',
    modelId: modelName,
    supportedUrls: {},
    async doGenerate(options) {
      options.abortSignal?.throwIfAborted();
      const content = contentOf(agent, options);
      return { content: [content], finishReason: finishOf(content), usage: noUsage, warnings: [] };
    },
    async doStream(options) {
      options.abortSignal?.throwIfAborted();
      return { stream: streamOf(partsOf(contentOf(agent, options))) };
    },
  };
}

function contentOf(agent: AgentId, { prompt, tools = [], toolChoice }: CallOptions): Content {
  const names = toolChoice?.type === 'none' ? [] : tools.map(({ name }) => name);
  const step = decide({ agent, prompt, tools: names });
  if (step.kind === 'say') return { type: 'text', text: textOf(step) };
  const { tool, input } = step;
  return {
    type: 'tool-call',
    toolCallId: callId(prompt, tool),
    toolName: tool,
    input: JSON.stringify(input),
  };
}

function textOf({ words, choices }: Extract<Step, { kind: 'say' }>): string {
  const line = choicesLine(choices);
  return line === '' ? words : `${words}\n${line}`;
}

/** The same call of the same conversation has the same id; another one never has. */
function callId(prompt: readonly unknown[], tool: string): string {
  const hash = createHash('sha256').update(JSON.stringify(prompt)).update(tool);
  return `call-${hash.digest('hex').slice(0, 20)}`;
}

function finishOf({ type }: Content) {
  return type === 'text'
    ? ({ unified: 'stop', raw: 'stop' } as const)
    : ({ unified: 'tool-calls', raw: 'tool-calls' } as const);
}

function partsOf(content: Content): StreamPart[] {
  const start: StreamPart[] = [
    { type: 'stream-start', warnings: [] },
    { type: 'response-metadata', id: 'offline', modelId: modelName, timestamp: new Date(0) },
  ];
  const finish: StreamPart = { type: 'finish', finishReason: finishOf(content), usage: noUsage };
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
    ...deltas.map((delta) => ({ type: 'text-delta', id: 'text', delta })),
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
