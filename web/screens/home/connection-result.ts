/** What the test of the connections says about one of the two databases: good, or what is wrong and what to do about it. */
import type { Check } from '../../../server/shapes/connections.ts';

type Side = 'source' | 'target' | 'both';

export interface SideResult {
  /** `unknown`: it was not tested. */
  readonly tone: 'pass' | 'warn' | 'fail' | 'unknown';
  /** The sentence of the connection itself; null where there is none. */
  readonly connected: string | null;
  /** The worst first. */
  readonly problems: readonly Check[];
}

const weight = { fail: 0, warn: 1, skipped: 2, pass: 3 } as const;

export function resultOf(checks: readonly Check[], side: Side): SideResult {
  const own = checks.filter(({ name }) => sideOf(name) === side);
  const problems = own
    .filter(({ status }) => status === 'fail' || status === 'warn')
    .sort((a, b) => weight[a.status] - weight[b.status]);
  const connect = own.find(({ name, status }) => name.endsWith('-connect') && status === 'pass');
  const worst = problems[0]?.status;
  const tone =
    worst === 'fail' || worst === 'warn'
      ? worst
      : own.some(({ status }) => status === 'pass')
        ? 'pass'
        : 'unknown';
  return { tone, connected: connect?.message ?? null, problems };
}

function sideOf(name: string): Side {
  if (name.startsWith('source-')) return 'source';
  return name.startsWith('target-') ? 'target' : 'both';
}
