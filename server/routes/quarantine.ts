/** Rows that were set aside. Values leave the server only for an approver who says why, which the audit log keeps. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { ServerDependencies } from '../server-dependencies.ts';
import type { ServerEnv } from '../server-env.ts';
import {
  fixTrial,
  heldChoice,
  quarantineAnswer,
  retryAnswer,
  revealed,
  revealRequest,
} from '../shapes/quarantine.ts';
import { orNothingYet } from '../views/nothing-yet.ts';
import { answers, asks, body, createRoutes, ofMigration, params, said } from './declared.ts';

const cards = createRoute({
  method: 'get',
  path: `${ofMigration}/quarantine`,
  summary: 'Rows that were set aside, one card a cause; samples are masked',
  request: { params },
  ...asks('viewer'),
  responses: answers('Cards; `data` is null before the first move', quarantineAnswer),
});

const trial = createRoute({
  method: 'post',
  path: `${ofMigration}/quarantine/try`,
  summary: 'What a changed plan would make of rows that were set aside; nothing is written',
  request: { params, body: body(heldChoice) },
  ...asks('operator'),
  responses: answers('The trial', fixTrial),
});

const retry = createRoute({
  method: 'post',
  path: `${ofMigration}/quarantine/retry`,
  summary: 'Moves rows that were set aside, once a person has said yes to it',
  request: { params, body: body(heldChoice) },
  ...asks('operator'),
  responses: answers('What came of it, or the card', retryAnswer),
});

const reveal = createRoute({
  method: 'post',
  path: `${ofMigration}/quarantine/reveal`,
  summary: 'A few rows of a card as they are; who asked and why stands in the audit log',
  request: { params, body: body(revealRequest) },
  ...asks('approver'),
  responses: answers('Rows as they are', revealed),
});

export function quarantineRoutes({
  migrations,
}: Pick<ServerDependencies, 'migrations'>): OpenAPIHono<ServerEnv> {
  const routes = createRoutes();
  routes.openapi(cards, async (c) => {
    const { id } = c.req.valid('param');
    const { journey } = migrations.at(id).opened;
    const read = migrations.share(id, 'quarantine', () => journey.causeCards());
    return c.json(said(quarantineAnswer, await orNothingYet(read)), 200);
  });
  routes.openapi(trial, async (c) => {
    const { journey } = migrations.at(c.req.valid('param').id).opened;
    return c.json(said(fixTrial, await journey.tryFix(c.req.valid('json'))), 200);
  });
  routes.openapi(retry, async (c) => {
    const { journey } = migrations.at(c.req.valid('param').id).opened;
    const answer = await journey.retryHeld(c.req.valid('json'), c.get('visitor').name);
    return c.json(said(retryAnswer, answer), 200);
  });
  routes.openapi(reveal, async (c) => {
    const { engine, journey } = migrations.at(c.req.valid('param').id).opened;
    const { card, reason } = c.req.valid('json');
    const by = c.get('visitor').name;
    const { data: run } = await journey.run(null);
    const shown = await engine.revealHeld({ runId: run.runId, card, by, reason });
    const answer = { ...shown, rows: [...shown.rows], by, at: new Date().toISOString() };
    return c.json(said(revealed, answer), 200, { 'cache-control': 'no-store' });
  });
  return routes;
}
