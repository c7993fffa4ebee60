/** The conversation over HTTP, without a port, as three people with three roles. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { type UIMessageChunk, uiMessageChunkSchema } from 'ai';
import type { Clock } from '../../../engine/core/clock.ts';
import { identify } from '../../../server/access/identify.ts';
import { answerError } from '../../../server/guards/answer-error.ts';
import { createLive, type Live } from '../../../server/live/live.ts';
import type { Migrations } from '../../../server/migrations/migrations.ts';
import { apiRoutes } from '../../../server/routes/api.ts';
import type { ServerDependencies } from '../../../server/server-dependencies.ts';
import type { ServerEnv } from '../../../server/server-env.ts';
import type { Role } from '../../../server/shapes/access.ts';
import type { Problem } from '../../../server/shapes/problem.ts';
import { people } from '../routes/api.ts';

export interface OpenChat {
  readonly live: Live;
  ask(method: 'GET' | 'POST', path: string, body?: unknown, as?: Role): Promise<Response>;
  /** Says it and hears the answer to its end. */
  say(text: string, as?: Role): Promise<UIMessageChunk[]>;
  problem(answer: Promise<Response>): Promise<Problem>;
}

export function openChat(migrations: Pick<Migrations, 'at' | 'watch' | 'forget'>, clock: Clock): OpenChat {
  const live = createLive(migrations, clock);
  const app = new OpenAPIHono<ServerEnv>();
  app.onError(answerError);
  const visitorOf = async (token: string) =>
    token in people ? { name: people[token as Role], role: token as Role } : null;
  app.use('/api/*', identify({ visitorOf }));
  app.route('/', apiRoutes({ migrations, live } as ServerDependencies));

  const ask: OpenChat['ask'] = async (method, path, body, as = 'operator') =>
    app.request(`/api/v1/migrations/own/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${as}`,
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    live,
    ask,
    async say(text, as = 'operator') {
      const answer = await ask('POST', 'chat', { text }, as);
      if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
      return chunksIn(await answer.text());
    },
    problem: async (answer) => (await (await answer).json()) as Problem,
  };
}

/** Each is one that AI SDK knows. */
export async function chunksIn(stream: string): Promise<UIMessageChunk[]> {
  const shape = uiMessageChunkSchema();
  const data = [...stream.matchAll(/^data: (\{.*\})$/gm)].map(([, text]) => JSON.parse(text!) as unknown);
  const read = await Promise.all(data.map((chunk) => shape.validate!(chunk)));
  return read.map((chunk) => {
    if (!chunk.success) throw chunk.error;
    return chunk.value as UIMessageChunk;
  });
}
