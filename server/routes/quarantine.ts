/** Rows that were set aside. Values leave the server only for an approver who says why, which the audit log keeps. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { needs } from '../access/identify.ts';
import type { ServerDependencies } from '../app.ts';
import type { ServerEnv } from '../server-env.ts';
import {
  fixTrial,
  heldChoice,
  quarantine,
  retryAnswer,
  revealed,
  revealRequest,
} from '../shapes/quarantine.ts';
import { answers, body, createRoutes, ofMigration, params, said } from './declared.ts';

const cards = createRoute({
  method: 'get',
  path: `${ofMigration}/quarantine`,
  summary: 'Rows that were set aside, one card a cause; samples are masked',
  request: { params },
  middleware: needs('viewer'),
  responses: answers('Cards', quarantine),
});

const trial = createRoute({
  method: 'post',
  path: `${ofMigration}/quarantine/try`,
  summary: 'What a changed plan would make of rows that were set aside; nothing is written',
  request: { params, body: body(heldChoice) },
  middleware: needs('operator'),
  responses: answers('The trial', fixTrial),
});

const retry = createRoute({
  method: 'post',
  path: `${ofMigration}/quarantine/retry`,
  summary: 'Moves rows that were set aside, once a person has said yes to it',
  request: { params, body: body(heldChoice) },
  middleware: needs('operator'),
  responses: answers('What came of it, or the card', retryAnswer),
});

const reveal = createRoute({
  method: 'post',
  path: `${ofMigration}/quarantine/reveal`,
  summary: 'A few rows of a card as they are; who asked and why stands in the audit log',
  request: { params, body: body(revealRequest) },
  middleware: needs('approver'),
  responses: answers('Rows as they are', revealed),
});
