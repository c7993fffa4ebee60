/** The plan: looked at, tried with a change, changed, compared with the one that was approved. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { needs } from '../access/identify.ts';
import type { ServerDependencies } from '../app.ts';
import type { ServerEnv } from '../server-env.ts';
import { entityParams } from '../shapes/names.ts';
import {
  differenceQuery,
  entityView,
  planChangeAnswer,
  planChangeRequest,
  planDifference,
  planView,
} from '../shapes/plan.ts';
import { answers, body, createRoutes, ofMigration, params, said } from './declared.ts';

const whole = createRoute({
  method: 'get',
  path: `${ofMigration}/plan`,
  summary: 'The plan: what moves in which order, what stays behind',
  request: { params },
  middleware: needs('viewer'),
  responses: answers('The plan', planView),
});

const entity = createRoute({
  method: 'get',
  path: `${ofMigration}/plan/entities/{name}`,
  summary: 'How one kind of record moves, column by column; personal values are masked',
  request: { params: params.extend(entityParams) },
  middleware: needs('viewer'),
  responses: answers('The mapping', entityView),
});

const change = createRoute({
  method: 'post',
  path: `${ofMigration}/plan/changes`,
  summary: 'Changes the plan, or only says what a change would do',
  request: { params, body: body(planChangeRequest) },
  middleware: needs('operator'),
  responses: answers('The change', planChangeAnswer),
});

const difference = createRoute({
  method: 'get',
  path: `${ofMigration}/plan/difference`,
  summary: 'What the plan would do otherwise than an approved one',
  request: { params, query: differenceQuery },
  middleware: needs('viewer'),
  responses: answers('Differences, in words', planDifference),
});
