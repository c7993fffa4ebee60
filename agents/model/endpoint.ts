/**
 * The server as models on it. Which of OpenAI's two interfaces a compatible server speaks is found out by asking: the
 * first is tried, and where the server does not know it, the second; what answered is remembered for this process.
 */
import { createOpenAI } from '@ai-sdk/openai';
import { MigrationError } from '../../engine/index.ts';
import type { Connection, ModelApi } from './connection.ts';
import type { LanguageModel } from './language-model.ts';

export interface Endpoint {
  readonly connection: Connection;
  /** A model whose requests go through this fetch. */
  connect(api: ModelApi, fetch: typeof globalThis.fetch): LanguageModel;
  /** Runs `work` with the interface that the server speaks. */
  ask<T>(work: (api: ModelApi) => Promise<T>): Promise<T>;
}

export function createEndpoint(connection: Connection): Endpoint {
  let apis = connection.apis;
  return {
    connection,
    connect(api, fetch) {
      // Without a key one is still needed here; the outgoing request takes it off.
      const apiKey = connection.key?.reveal() ?? 'none';
      const provider = createOpenAI({ baseURL: connection.baseUrl, apiKey, fetch });
      return provider[api](connection.model);
    },
    async ask(work) {
      for (const [index, api] of apis.entries()) {
        try {
          const answer = await work(api);
          apis = [api];
          return answer;
        } catch (error) {
          const last = index === apis.length - 1;
          if (last || !(error instanceof MigrationError) || error.code !== 'MODEL_NOT_FOUND') throw error;
        }
      }
      throw new Error('an endpoint has at least one interface');
    },
  };
}
