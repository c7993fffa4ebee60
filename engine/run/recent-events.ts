/** What happened last: who did what (audit log), and what went wrong in the newest run, in the order of time. */
import type { RecentEvent } from '../contract/report.ts';
import type { Control } from '../control/control.ts';

/** Newest last. A target without a control schema has none. */
export async function recentEvents(control: Control, limit: number): Promise<RecentEvent[]> {
  if ((await control.state()) === 'absent') return [];
  const run = await control.runs.latest();
  const [entries, errors] = await Promise.all([
    control.audit.latest(limit),
    run === null ? [] : control.errors.list({ runId: run.runId, limit }),
  ]);
  const all = [
    ...entries.map(
      ({ at, actor, action, details }): RecentEvent => ({
        ...{ at, kind: 'audit', actor, action, details },
        ...{ runId: textOf(details.runId), entity: null, message: null },
      }),
    ),
    ...errors.map(
      ({ createdAt, code, entity, message, runId, details }): RecentEvent => ({
        ...{ at: createdAt, kind: 'error', actor: 'towpath', action: code, details },
        ...{ runId, entity, message },
      }),
    ),
  ];
  return all.sort((a, b) => a.at.localeCompare(b.at)).slice(-limit);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
