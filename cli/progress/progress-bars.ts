/** Live bars on a terminal: one for each entity that is moving, one for all of it. */
import { type Bar, MultiBar } from 'cli-progress';
import type { ProgressTracker } from '../../desk/run-progress.ts';
import { timeLeft } from '../../desk/time-left.ts';
import { formatCount } from '../../engine/report/words.ts';
import type { World } from '../command.ts';
import type { lineFor, ProgressDisplay } from './progress-lines.ts';

const refreshMilliseconds = 250;
const nameWidth = 26;

export function createProgressBars(
  tracker: ProgressTracker,
  stdout: World['stdout'],
  lineOf: typeof lineFor | null,
): ProgressDisplay {
  const bars = new MultiBar({
    stream: stdout,
    format: ' {name} {bar} {percentage}%  {rows}  {note}',
    barsize: Math.max(10, Math.min(30, (stdout.columns ?? 80) - 70)),
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false, // Ctrl-C is answered by stop-signal.ts
    emptyOnZero: true,
    fps: 4,
    autopadding: true,
  });
  const overall = bars.create(1, 0, { name: 'all'.padEnd(nameWidth), rows: '', note: '' });
  const byEntity = new Map<string, Bar>();
  const timer = setInterval(refresh, refreshMilliseconds);

  function refresh(): void {
    const now = tracker.current();
    const active = new Set(now.active.map((entity) => entity.entity));
    for (const [name, bar] of byEntity) {
      if (active.has(name)) continue;
      bars.remove(bar);
      byEntity.delete(name);
    }
    for (const { entity, rowsDone, rowsTotal, state } of now.active) {
      const payload = {
        name: entity.slice(0, nameWidth).padEnd(nameWidth),
        rows: `${formatCount(rowsDone)} of ${formatCount(rowsTotal)}`,
        note: state === 'finishing' ? 'keys and indexes' : '',
      };
      const bar = byEntity.get(entity) ?? bars.create(Math.max(1, rowsTotal), 0, payload);
      byEntity.set(entity, bar);
      bar.update(rowsDone, payload);
    }
    overall.setTotal(Math.max(1, now.rowsTotal));
    overall.update(now.rowsDone, {
      name: `all (${now.entitiesDone} of ${now.entitiesTotal})`.padEnd(nameWidth),
      rows: `${formatCount(now.rowsDone)} of ${formatCount(now.rowsTotal)}`,
      note: `${formatCount(Math.round(now.rowsPerSecond))} rows/s, ${timeLeft(now.remainingMilliseconds)}`,
    });
  }

  return {
    update(event) {
      const line = lineOf?.(event, tracker) ?? null;
      if (line !== null) bars.log(`${line}\n`);
    },
    note: (line) => bars.log(`${line}\n`),
    stop() {
      clearInterval(timer);
      refresh();
      bars.update(); // writes the lines that still wait
      bars.stop();
    },
  };
}
