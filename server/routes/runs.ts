/** Runs, and how far one is. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { needs } from '../access/identify.ts';
import type { ServerDependencies } from '../app.ts';
import type { ServerEnv } from '../server-env.ts';
import { runParams } from '../shapes/names.ts';
import { history, runs, runView } from '../shapes/runs.ts';
import { answers, createRoutes, ofMigration, params, said } from './declared.ts';

const list = createRoute({
  method: 'get',
  path: `${ofMigration}/runs`,
  summary: 'Every run, newest first',
  request: { params },
  middleware: needs('viewer'),
  responses: answers('Runs', runs),
});

const one = createRoute({
  method: 'get',
  path: `${ofMigration}/runs/{runId}`,
  summary: 'How far a run is; “latest” for the newest',
  request: { params: params.extend(runParams) },
  middleware: needs('viewer'),
  responses: answers('The run', runView),
});

const past = createRoute({
  method: 'get',
  path: `${ofMigration}/history`,
  summary: 'What happened last, in words',
  request: { params, query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(50) }) },
  middleware: needs('viewer'),
  responses: answers('Events, newest last', history),
});
