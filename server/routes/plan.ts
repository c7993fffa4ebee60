/** The plan: looked at, tried with a change, changed, compared with the one that was approved. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { ApprovalCard } from '../../engine/contract/approvals.ts';
import type { Engine } from '../../engine/contract/contract.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import { anyPlan } from '../../engine/journey/plan-in-hand.ts';
import type { ServerDependencies } from '../server-dependencies.ts';
import type { ServerEnv } from '../server-env.ts';
import { entityParams } from '../shapes/names.ts';
import {
  differenceQuery,
  entityView,
  fieldsQuery,
  foundFields,
  planChangeAnswer,
  planChangeRequest,
  planDifference,
  planView,
} from '../shapes/plan.ts';
import { entityViewOf } from '../views/entity-view.ts';
import { foundFieldsOf } from '../views/found-fields.ts';
import { planDifferenceOf } from '../views/plan-difference.ts';
import { planViewOf } from '../views/plan-view.ts';
import { answers, asks, body, createRoutes, ofMigration, params, said } from './declared.ts';

const whole = createRoute({
  method: 'get',
  path: `${ofMigration}/plan`,
  summary: 'The plan: what moves in which order, what stays behind',
  request: { params },
  ...asks('viewer'),
  responses: answers('The plan', planView),
});

const entity = createRoute({
  method: 'get',
  path: `${ofMigration}/plan/entities/{name}`,
  summary: 'How one kind of record moves, column by column; personal values are masked',
  request: { params: params.extend(entityParams) },
  ...asks('viewer'),
  responses: answers('The mapping', entityView),
});

const fields = createRoute({
  method: 'get',
  path: `${ofMigration}/plan/fields`,
  summary: 'Where a field goes, by its old or new name, in every kind of record',
  request: { params, query: fieldsQuery },
  ...asks('viewer'),
  responses: answers('Fields, the first of them', foundFields),
});

const change = createRoute({
  method: 'post',
  path: `${ofMigration}/plan/changes`,
  summary: 'Changes the plan, or only says what a change would do',
  request: { params, body: body(planChangeRequest) },
  ...asks('operator'),
  responses: answers('The change', planChangeAnswer),
});

const difference = createRoute({
  method: 'get',
  path: `${ofMigration}/plan/difference`,
  summary: 'What the plan would do otherwise than an approved one',
  request: { params, query: differenceQuery },
  ...asks('viewer'),
  responses: answers('Differences, in words', planDifference),
});

export function planRoutes({ migrations }: Pick<ServerDependencies, 'migrations'>): OpenAPIHono<ServerEnv> {
  const routes = createRoutes();
  routes.openapi(whole, async (c) => {
    const { engine, journey, workspace } = migrations.at(c.req.valid('param').id).opened;
    const facts = await journey.plan();
    const approvals = await approvalsIfConnected(engine);
    return c.json(said(planView, planViewOf(facts, anyPlan({ workspace }).plan, approvals)), 200);
  });
  routes.openapi(entity, async (c) => {
    const { id, name } = c.req.valid('param');
    const { engine, journey, workspace } = migrations.at(id).opened;
    const facts = await journey.mapping(name);
    const { plan } = anyPlan({ workspace });
    const view = await entityViewOf({ engine, plan, catalog: workspace.readCatalog() }, facts);
    return c.json(said(entityView, view), 200);
  });
  routes.openapi(fields, async (c) => {
    const { id } = c.req.valid('param');
    const { plan } = anyPlan(migrations.at(id).opened);
    return c.json(said(foundFields, foundFieldsOf(plan, c.req.valid('query').find)), 200);
  });
  routes.openapi(change, async (c) => {
    const { journey } = migrations.at(c.req.valid('param').id).opened;
    const { change: wanted, check } = c.req.valid('json');
    const told = check ? await journey.checkChange(wanted) : await journey.changePlan(wanted);
    return c.json(said(planChangeAnswer, told), 200);
  });
  routes.openapi(difference, async (c) => {
    const { engine, workspace } = migrations.at(c.req.valid('param').id).opened;
    const { plan } = anyPlan({ workspace });
    const { to } = c.req.valid('query');
    return c.json(said(planDifference, await planDifferenceOf(engine, plan, to)), 200);
  });
  return routes;
}

/** A plan can be looked at before there is a target. */
async function approvalsIfConnected(engine: Pick<Engine, 'approvals'>): Promise<ApprovalCard[]> {
  try {
    return await engine.approvals();
  } catch (error) {
    if (error instanceof MigrationError && error.code === 'MISSING_CONFIG') return [];
    throw error;
  }
}
