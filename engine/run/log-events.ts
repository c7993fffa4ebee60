/** Every event of a run as a line of the log: names, numbers and reasons, never a row's values. Single batches at debug. */
import type { EventPublisher } from '../core/events.ts';
import type { Log } from '../core/log.ts';

export function logEvents(events: EventPublisher, log: Log): () => void {
  return events.subscribe(({ type, at: _at, ...details }) => {
    const entity = 'entity' in details ? details.entity : undefined;
    const source = { component: type.split('.')[0]!, ...(entity == null ? {} : { entity }) };
    const level = /\.(failed|closed|gave-up)$/.test(type)
      ? 'error'
      : type === 'batch.retrying' || type === 'recovery.attempted'
        ? 'warn'
        : 'info';
    const often =
      type === 'recovery.rows' ||
      type === 'batch.started' ||
      type === 'batch.completed' ||
      type.endsWith('.progress');
    log[often ? 'debug' : level](type, details, source);
  });
}
