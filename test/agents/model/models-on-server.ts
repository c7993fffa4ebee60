/** Models on a scripted server, with a record in a folder of their own; all goes away with the test. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { LanguageModel } from '../../../agents/model/language-model.ts';
import { createModels, type Models } from '../../../agents/model/models.ts';
import { type Clock, createClock } from '../../../engine/core/clock.ts';
import { loadConfig } from '../../../engine/core/config.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import {
  type OpenAiServer,
  type OpenAiServerOptions,
  startOpenAiServer,
} from '../../helpers/openai-server/openai-server.ts';

export interface Rig {
  readonly server: OpenAiServer;
  readonly models: Models;
  readonly egressFile: string;
  /** Milliseconds that were waited for on purpose, in order. */
  readonly waits: readonly number[];
}

export interface RigOptions extends OpenAiServerOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly egressFile?: string;
  /** Waiting goes so many times faster. */
  readonly speed?: number;
}

export const noGuide: LanguageModel = {
  specificationVersion: 'v4',
  provider: 'offline',
  modelId: 'offline guide (no AI model)',
  supportedUrls: {},
  doGenerate: () => Promise.reject(new Error('the offline guide was asked')),
  doStream: () => Promise.reject(new Error('the offline guide was asked')),
};

export async function modelsOnServer({ env = {}, speed = 1, ...options }: RigOptions): Promise<Rig> {
  const server = await startOpenAiServer(options);
  onTestFinished(() => server.close());
  const folder = await temporaryFolder();
  const egressFile = options.egressFile ?? join(folder, 'state', 'egress.jsonl');
  const waits: number[] = [];
  const config = loadConfig({
    OPENAI_API_KEY: server.key,
    OPENAI_BASE_URL: server.url,
    TOWPATH_MODEL: server.model,
    // So long that even at the highest speed no limit is met by chance.
    TOWPATH_MODEL_TIMEOUT: '5h',
    TOWPATH_MODEL_MAX_SECONDS: '1000h',
    ...env,
  });
  const clock = fasterClock(speed, waits);
  const models = createModels({
    config,
    clock,
    egressFile,
    log: createSilentLog(),
    offlineGuide: noGuide,
    random: () => 0.5,
  });
  return { server, models, egressFile, waits };
}

/** The model as the AI SDK sees it. */
export function rawModel(models: Models): LanguageModel {
  return models.forAgent('planning') as unknown as LanguageModel;
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'towpath-model-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function fasterClock(speed: number, waits: number[]): Clock {
  const clock = createClock();
  return {
    ...clock,
    monotonic: () => clock.monotonic() * speed,
    async sleep(milliseconds, signal) {
      await clock.sleep(milliseconds / speed, signal);
      waits.push(milliseconds);
    },
  };
}

export function ask(text: string): { prompt: Parameters<LanguageModel['doGenerate']>[0]['prompt'] } {
  return {
    prompt: [
      { role: 'system', content: 'You are the guide.' },
      { role: 'user', content: [{ type: 'text', text }] },
    ],
  };
}

/** Everything a stream says, its text, and the error it ended with. */
export async function drain(stream: ReadableStream<unknown>) {
  const parts: { type: string; delta?: string; error?: unknown }[] = [];
  for await (const part of stream) parts.push(part as (typeof parts)[number]);
  return {
    types: parts.map(({ type }) => type),
    text: parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join(''),
    error: parts.find(({ type }) => type === 'error')?.error as { code?: string } | undefined,
    parts,
  };
}
