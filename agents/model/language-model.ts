/**
 * The shape of a language model, as the AI SDK and Mastra call it (specification v4). Taken from the provider's own
 * declarations, since the package that declares it is a dependency of a dependency.
 */
import type { OpenAIProvider } from '@ai-sdk/openai';

export type LanguageModel = ReturnType<OpenAIProvider['chat']>;
export type CallOptions = Parameters<LanguageModel['doGenerate']>[0];
export type GenerateResult = Awaited<ReturnType<LanguageModel['doGenerate']>>;
export type StreamResult = Awaited<ReturnType<LanguageModel['doStream']>>;
export type StreamPart = StreamResult['stream'] extends ReadableStream<infer Part> ? Part : never;
export type Prompt = CallOptions['prompt'];
export type Usage = GenerateResult['usage'];
export type FunctionTool = Extract<NonNullable<CallOptions['tools']>[number], { type: 'function' }>;
export type ToolResult = Extract<
  Extract<Prompt[number], { role: 'tool' }>['content'][number],
  { type: 'tool-result' }
>;
