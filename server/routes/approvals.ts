/** Approvals: asked for by an operator, decided by an approver, always in the name of the session. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { decide } from '../../desk/decide.ts';
import type { ServerDependencies } from '../server-dependencies.ts';
import type { ServerEnv } from '../server-env.ts';
import {
  approvalAsked,
  approvalDecided,
  approvalDecision,
  approvals,
  approvalWish,
} from '../shapes/approvals.ts';
import { answers, asks, body, createRoutes, ofMigration, params, said } from './declared.ts';

/** What follows a yes goes on by itself. */
const patience = { milliseconds: 1500 };

const list = createRoute({
  method: 'get',
  path: `${ofMigration}/approvals`,
  summary: 'Every approval that was asked for, newest first',
  request: { params },
  ...asks('viewer'),
  responses: answers('Approvals', approvals),
});

const ask = createRoute({
  method: 'post',
  path: `${ofMigration}/approvals`,
  summary: 'Asks a person for an approval; gives nothing',
  request: { params, body: body(approvalWish) },
  ...asks('operator'),
  responses: answers('The card', approvalAsked),
});

const decision = createRoute({
  method: 'post',
  path: `${ofMigration}/approvals/{approvalId}`,
  summary: 'Decides an approval in the name of the session',
  request: {
    params: params.extend({ approvalId: z.string().min(1).max(100) }),
    body: body(approvalDecision),
  },
  ...asks('approver'),
  responses: answers('The decided card', approvalDecided),
});

/** Without `live` nobody talks here, so that nobody has to hear what was decided. */
export function approvalRoutes({
  migrations,
  live,
}: Pick<ServerDependencies, 'migrations'> &
  Partial<Pick<ServerDependencies, 'live'>>): OpenAPIHono<ServerEnv> {
  const routes = createRoutes();
  routes.openapi(list, async (c) => {
    const { id } = c.req.valid('param');
    const { journey } = migrations.at(id).opened;
    return c.json(said(approvals, await migrations.share(id, 'approvals', () => journey.approvals())), 200);
  });
  routes.openapi(ask, async (c) => {
    const { opened } = migrations.at(c.req.valid('param').id);
    const { action } = c.req.valid('json');
    const asked = await opened.journey.requestApproval(action, c.get('visitor').name);
    return c.json(said(approvalAsked, asked), 200);
  });
  routes.openapi(decision, async (c) => {
    const { id, approvalId } = c.req.valid('param');
    const { decision: given, reason } = c.req.valid('json');
    const by = c.get('visitor').name;
    const decided = await decide(
      migrations.at(id),
      approvalId,
      { decision: given, by, ...(reason === undefined ? {} : { reason }) },
      patience,
    );
    const { card } = decided;
    if (decided.next === 'talk') live?.talk(id).hear(decided.event);
    const guide = decided.next === 'journey' ? decided.view : null;
    const event = decided.next === 'talk' ? decided.event : null;
    return c.json(said(approvalDecided, { card, guide, event }), 200);
  });
  return routes;
}
