/** The steps of a journey. What needs a yes answers with its card; nothing has happened then. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { needs } from '../access/identify.ts';
import type { ServerDependencies } from '../app.ts';
import type { ServerEnv } from '../server-env.ts';
import { connections } from '../shapes/connections.ts';
import { stepAnswer, stepName, stepOptions, undoPreview } from '../shapes/steps.ts';
import { answers, createRoutes, ofMigration, params, said } from './declared.ts';

const look = createRoute({
  method: 'get',
  path: `${ofMigration}/connections`,
  summary: 'Tests the connections to both databases; nothing is written',
  request: { params },
  middleware: needs('operator'),
  responses: answers('Checks, in words', connections),
});

const step = createRoute({
  method: 'post',
  path: `${ofMigration}/steps/{step}`,
  summary: 'Does a step; what needs an approval answers with the card that a person must decide',
  request: { params: params.extend({ step: stepName }), query: stepOptions },
  middleware: needs('operator'),
  responses: answers('What came of it, or the card', stepAnswer),
});

const undo = createRoute({
  method: 'get',
  path: `${ofMigration}/undo`,
  summary: 'What undoing the newest run would do now; nothing is changed',
  request: { params },
  middleware: needs('viewer'),
  responses: answers('Counts', undoPreview),
});
