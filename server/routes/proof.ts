/** The proof of a move, its report as a file, and the sign-off. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { needs } from '../access/identify.ts';
import type { ServerDependencies } from '../app.ts';
import type { ServerEnv } from '../server-env.ts';
import { reportParams, runQuery } from '../shapes/names.ts';
import { proof, signOffAnswer, signOffRequest } from '../shapes/proof.ts';
import { answers, body, createRoutes, ofMigration, params, said } from './declared.ts';

const whole = createRoute({
  method: 'get',
  path: `${ofMigration}/proof`,
  summary: 'What was checked and holds, what was not, and whether it can be signed',
  request: { params, query: runQuery },
  middleware: needs('viewer'),
  responses: answers('The proof', proof),
});

const sign = createRoute({
  method: 'post',
  path: `${ofMigration}/sign-off`,
  summary: 'Signs the result in the name of the session',
  request: { params, body: body(signOffRequest) },
  middleware: needs('approver'),
  responses: answers('The signed card', signOffAnswer),
});
