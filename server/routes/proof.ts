/** The proof of a move, its report as a file, and the sign-off. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { type ReportFormat, renderReport } from '../../engine/report/render.ts';
import type { Desk } from '../migrations/migrations.ts';
import { createSamples } from '../migrations/samples.ts';
import { signOff, signOffState } from '../migrations/sign-off.ts';
import type { ServerDependencies } from '../server-dependencies.ts';
import type { ServerEnv } from '../server-env.ts';
import { reportParams, runQuery } from '../shapes/names.ts';
import { type Proof, proofAnswer, signOffAnswer, signOffRequest } from '../shapes/proof.ts';
import { orNothingYet } from '../views/nothing-yet.ts';
import { proofOf } from '../views/proof-view.ts';
import { answers, asks, body, createRoutes, files, ofMigration, params, said } from './declared.ts';

const whole = createRoute({
  method: 'get',
  path: `${ofMigration}/proof`,
  summary: 'What was checked and holds, what was not, and whether it can be signed',
  request: { params, query: runQuery },
  ...asks('viewer'),
  responses: answers('The proof; `data` is null before the first move', proofAnswer),
});

const sign = createRoute({
  method: 'post',
  path: `${ofMigration}/sign-off`,
  summary: 'Signs the result in the name of the session',
  request: { params, body: body(signOffRequest) },
  ...asks('approver'),
  responses: answers('The signed card', signOffAnswer),
});

const types = { html: 'text/html', md: 'text/markdown', json: 'application/json' } as const;

const file = createRoute({
  method: 'get',
  path: `${ofMigration}/reports/{file}`,
  summary: 'The report of a run as a file: its id and html, md or json',
  request: { params: params.extend(reportParams) },
  ...asks('viewer'),
  responses: files('The report', Object.values(types)),
});

export function proofRoutes({ migrations }: Pick<ServerDependencies, 'migrations'>): OpenAPIHono<ServerEnv> {
  const routes = createRoutes();
  const samplesOf = createSamples();
  async function readProof({ engine, journey }: Desk['opened'], run: string | null): Promise<Proof> {
    const runId = run ?? (await journey.run(null)).data.runId;
    const [report, state, approvals] = await Promise.all([
      engine.report(runId),
      journey.state(),
      engine.approvals(),
    ]);
    const samples = await samplesOf(engine, report);
    return proofOf({ report, samples, signOff: signOffState(report, state, approvals) });
  }
  routes.openapi(whole, async (c) => {
    const { id } = c.req.valid('param');
    const { run = null } = c.req.valid('query');
    const { opened } = migrations.at(id);
    const read = migrations.share(id, `proof ${run}`, () => readProof(opened, run));
    const answer = run === null ? orNothingYet(read) : read;
    return c.json(said(proofAnswer, await answer), 200);
  });
  routes.openapi(sign, async (c) => {
    const desk = migrations.at(c.req.valid('param').id);
    const answer = await signOff(desk, { ...c.req.valid('json'), by: c.get('visitor').name });
    return c.json(said(signOffAnswer, answer), 200);
  });
  routes.openapi(file, async (c) => {
    const { id, file: name } = c.req.valid('param');
    const { engine } = migrations.at(id).opened;
    const [, runId, format] = /^(.+)\.(html|md|json)$/.exec(name) as unknown as [
      string,
      string,
      ReportFormat,
    ];
    const report = await engine.report(runId);
    return c.body(renderReport(report, format, { detailed: false }), 200, {
      'content-type': `${types[format]}; charset=utf-8`,
      'content-disposition': `attachment; filename="towpath-${name}"`,
    });
  });
  return routes;
}
