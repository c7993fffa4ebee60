/** A run as it was fetched, with what the stream of events has told of it since: figures come with the event itself. */
import type { LiveEvent } from '../../server/shapes/events.ts';
import type { RunView } from '../../server/shapes/runs.ts';

/** The same where the event is about something else, or older than what is known. */
export function runAfter(view: RunView, event: LiveEvent): RunView {
  const { data } = view;
  if (Date.parse(event.at) < Date.parse(data.progress.at)) return view;
  if (event.type === 'migration.progress') {
    if (event.run.runId !== data.runId) return view;
    const { run, progress, levels } = event;
    const figures = new Map(levels.map((level) => [level.level, level]));
    const byLevel = data.byLevel.map((level) => ({ ...level, ...figures.get(level.level) }));
    return { ...view, data: { ...data, ...run, progress, byLevel } };
  }
  if (!('entity' in event) || event.runId !== data.runId) return view;
  const { entity } = event;
  const entities = data.entities.map((known) => (known.entity === entity.entity ? entity : known));
  return { ...view, data: { ...data, entities } };
}
