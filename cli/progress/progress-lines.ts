/** Progress where nobody watches live: a line for each entity that is done, and a line every few seconds between. */

import type { ProgressTracker } from '../../desk/run-progress.ts';
import { timeLeft } from '../../desk/time-left.ts';
import type { TowpathEvent } from '../../engine/core/events.ts';
import { countOf, duplicateCount, formatCount, formatDuration } from '../../engine/report/words.ts';

export interface ProgressDisplay {
  /** Called after the tracker has seen the event. */
  update(event: TowpathEvent): void;
  /** A line that must be seen while the display is up. */
  note(line: string): void;
  stop(): void;
}

const everyMilliseconds = 5000;

export function createProgressLines(tracker: ProgressTracker, say: (line: string) => void): ProgressDisplay {
  let lastLine: number | null = null;
  return {
    update(event) {
      const at = Date.parse(event.at);
      lastLine ??= at;
      const line = lineFor(event, tracker);
      if (line !== null) {
        say(line);
        lastLine = at;
      } else if (event.type === 'batch.completed' && at - lastLine >= everyMilliseconds) {
        say(overallLine(tracker));
        lastLine = at;
      }
    },
    note: say,
    stop() {},
  };
}

/** The line that an event deserves on its own, or null. */
export function lineFor(event: TowpathEvent, tracker: ProgressTracker): string | null {
  switch (event.type) {
    case 'migration.started':
      return `${event.dryRun ? 'Dry run, nothing is written: ' : ''}${countOf(event.rowsTotal, 'row')} in ${countOf(event.entities.length, 'entity')}, run ${event.runId}.`;
    case 'entity.completed': {
      const { entitiesDone, entitiesTotal } = tracker.current();
      const aside = event.rowsQuarantined > 0 ? `, ${formatCount(event.rowsQuarantined)} set aside` : '';
      return `  ${event.entity}: ${formatCount(event.rowsWritten)} of ${countOf(event.rowsRead, 'row')} moved${aside}${duplicateCount(event.rowsDuplicate ?? 0)}, ${formatDuration(event.milliseconds)} (${entitiesDone} of ${entitiesTotal})`;
    }
    case 'entity.skipped':
      return `  ${event.entity}: skipped, ${event.reason}`;
    case 'entity.failed':
      return `  ${event.entity}: stopped, ${event.error.message}`;
    case 'recovery.attempted':
      return event.step === 'batch'
        ? null
        : `  ${event.entity ?? 'the run'}: trying again (${event.step}, attempt ${event.attempt}, ${event.code})`;
    case 'batch.retrying':
      return `  ${event.entity}: trying a batch again (attempt ${event.attempt}, ${event.code})`;
    case 'gate.closed':
      return `Stopped after level ${event.level}: ${event.reason}`;
    case 'validation.started':
      return 'Comparing the new system with the old one.';
    default:
      return null;
  }
}

export function overallLine(tracker: ProgressTracker): string {
  const now = tracker.current();
  const names = now.active.map((entity) => entity.entity).join(', ');
  const percent = now.rowsTotal === 0 ? 0 : Math.floor((now.rowsDone / now.rowsTotal) * 100);
  const done = `  ${formatCount(now.rowsDone)} of ${countOf(now.rowsTotal, 'row')} (${percent} %)`;
  if (now.rowsDone >= now.rowsTotal && names === '') return done;
  return `${done}, ${formatCount(Math.round(now.rowsPerSecond))} rows/s, ${timeLeft(now.remainingMilliseconds)}${names ? `; now ${names}` : ''}`;
}
