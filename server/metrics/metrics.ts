/**
 * Figures for Prometheus: what was asked of the server, who follows along, how the moves stand, and the process's own. The
 * figures of a move are read when somebody asks for metrics, once for all who ask in the same moment.
 */
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Live } from '../live/live.ts';
import type { Migrations } from '../migrations/migrations.ts';
import type { ServerEnv } from '../server-env.ts';
import { type MovedRows, readMoves } from './read-moves.ts';

export interface Metrics {
  /** Before every other guard, so that refusals count. */
  readonly guard: MiddlewareHandler<ServerEnv>;
  readonly contentType: string;
  text(): Promise<string>;
}

export interface MetricsDependencies {
  readonly migrations: Pick<Migrations, 'at' | 'watch'>;
  readonly live: Pick<Live, 'readers'>;
}

const seconds = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export function createMetrics({ migrations, live }: MetricsDependencies): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'towpath_http_requests_total',
    help: 'Requests by the route that answered and by status.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'towpath_http_request_duration_seconds',
    help: 'Time until an answer began, by route.',
    labelNames: ['route'],
    buckets: seconds,
    registers,
  });
  new Gauge({
    name: 'towpath_open_event_streams',
    help: 'Readers of events.',
    registers,
    collect() {
      this.set(live.readers());
    },
  });
  const ofMoves = createGauges(registers);
  let reading: Promise<readonly MovedRows[]> | null = null;
  const moves = () => {
    reading ??= readMoves(migrations).finally(() => {
      reading = null;
    });
    return reading;
  };
  return {
    contentType: registry.contentType,
    async guard(c, next) {
      const begun = performance.now();
      try {
        await next();
      } finally {
        const route = routeOf(routePath(c), c.res.status);
        requests.inc({ method: c.req.method, route, status: String(c.res.status) });
        durations.observe({ route }, (performance.now() - begun) / 1000);
      }
    },
    async text() {
      ofMoves(await moves());
      return registry.metrics();
    },
  };
}

/** Never an address itself: names and keys stand in it, and there is no end to them. */
function routeOf(pattern: string, status: number): string {
  if (!pattern.endsWith('*')) return pattern;
  return status < 400 ? 'page' : 'refused before a route';
}

function createGauges(registers: Registry[]): (moves: readonly MovedRows[]) => void {
  const gauge = (name: string, help: string, labelNames: string[] = ['migration']) =>
    new Gauge({ name, help, labelNames, registers });
  const runs = gauge('towpath_runs', 'Runs by state.', ['migration', 'state']);
  const total = gauge('towpath_run_rows_total', 'Rows that the newest run is to move.');
  const written = gauge('towpath_run_rows_written', 'Rows that the newest run has written.');
  const aside = gauge('towpath_run_rows_quarantined', 'Rows that the newest run has set aside.');
  const pace = gauge('towpath_run_rows_per_second', 'Pace of the newest run; 0 where nothing moves.');
  const alive = gauge('towpath_run_alive', '1 while a process works on the newest run.');
  const all = [runs, total, written, aside, pace, alive];
  return (moves) => {
    for (const one of all) one.reset();
    for (const { migration, byState, newest } of moves) {
      for (const [state, count] of byState) runs.set({ migration, state }, count);
      if (newest === null) continue;
      total.set({ migration }, newest.rowsTotal);
      written.set({ migration }, newest.written);
      aside.set({ migration }, newest.setAside);
      pace.set({ migration }, newest.rowsPerSecond);
      alive.set({ migration }, newest.alive ? 1 : 0);
    }
  };
}
