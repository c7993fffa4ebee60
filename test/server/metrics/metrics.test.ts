/** What Prometheus gets: figures of moves and requests, never an address with somebody's names in it. */
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { createMetrics } from '../../../server/metrics/metrics.ts';
import type { ServerEnv } from '../../../server/server-env.ts';
import { fakeEntity, fakeStatus } from '../../cli/fake-engine.ts';
import { createFakeDesk, createStepClock } from '../live/fake-desk.ts';

function begin() {
  const at = createFakeDesk(createStepClock());
  const metrics = createMetrics({ migrations: at.migrations, live: { readers: () => 3 } });
  const app = new Hono<ServerEnv>();
  app.use('*', metrics.guard);
  app.use('/api/*', async (c, next) => (c.req.header('refused') ? c.text('no', 401) : next()));
  app.get('/api/rows/:key', (c) => c.text('a row'));
  app.get('/api/broken', () => {
    throw new Error('password=hunter2');
  });
  app.onError((_error, c) => c.text('sorry', 500));
  app.get('*', (c) => c.text('the page'));
  return { at, metrics, app };
}

test('requests by route and status; names and keys in an address are not kept', async () => {
  const { app, metrics } = begin();
  for (const key of ['Berg', 'Lund']) await app.request(`/api/rows/${key}`);
  await app.request('/api/broken');
  await app.request('/api/rows/Berg', { headers: { refused: 'yes' } });
  await app.request('/somewhere/of/the/page');
  const text = await metrics.text();
  expect(text).toContain('towpath_http_requests_total{method="GET",route="/api/rows/:key",status="200"} 2');
  expect(text).toContain('route="/api/broken",status="500"} 1');
  expect(text).toContain('route="refused before a route",status="401"} 1');
  expect(text).toContain('route="page",status="200"} 1');
  expect(text).not.toMatch(/Berg|somewhere|hunter2/);
});

test('how the move stands, who follows along, and the process', async () => {
  const { at, metrics } = begin();
  const quiet = await metrics.text();
  expect(quiet).toContain('towpath_open_event_streams 3');
  expect(quiet).toContain('process_resident_memory_bytes');
  expect(quiet).not.toContain('towpath_run_rows_written{');
  const entities = [fakeEntity({ totalRecords: 100, rowsRead: 42, written: 40, quarantined: 2 })];
  at.fake.run = fakeStatus({ state: 'copying', alive: true, entities });
  const moving = await metrics.text();
  expect(moving).toContain('towpath_runs{migration="own",state="copying"} 1');
  expect(moving).toContain('towpath_run_rows_written{migration="own"} 40');
  expect(moving).toContain('towpath_run_rows_quarantined{migration="own"} 2');
  expect(moving).toContain('towpath_run_alive{migration="own"} 1');
});

test('a database that does not answer has no figures, and metrics still come', async () => {
  const { at, metrics } = begin();
  at.fake.run = fakeStatus();
  expect(await metrics.text()).toContain('towpath_runs{migration="own",state="completed"} 1');
  at.failWith = new Error('away');
  const text = await metrics.text();
  expect(text).not.toContain('towpath_runs{');
  expect(text).toContain('towpath_open_event_streams 3');
});
