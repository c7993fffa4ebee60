/** What happened last, as sentences: who did what, and what went wrong. */
import type { z } from 'zod';
import type { Engine } from '../../contract/contract.ts';
import type { eventFacts as shape } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import type { RecentEvent } from '../../contract/report.ts';
import { withoutValues } from '../../core/redaction.ts';
import { shownSentence, shownText } from '../../core/shown-text.ts';
import { countOf, formatMoment } from '../../report/words.ts';
import { lowerWords } from './told-names.ts';

type EventFacts = z.infer<typeof shape>;

/** Newest last. */
export async function eventFacts(
  engine: Pick<Engine, 'recentEvents'>,
  limit: number,
): Promise<Told<EventFacts[]>> {
  const events = await engine.recentEvents(limit + OF_ONE_REHEARSAL);
  const rehearsed = new Set(events.filter(({ actor }) => actor === 'rehearsal').map(({ runId }) => runId));
  const data = events.slice(-limit).map((event) => factsOf(event, rehearsed));
  const last = data.at(-1);
  return {
    words:
      last === undefined
        ? 'Nothing has happened yet.'
        : `${countOf(data.length, 'event')}. The last, ${formatMoment(last.at)}: ${last.who}: ${last.what}`,
    data,
    choices: ['Where are we'],
  };
}

/** So many entries a rehearsal leaves at most; whoever sees its last ones must see that it is one. */
const OF_ONE_REHEARSAL = 12;

/** A rehearsal moves a sample as a move does, under the same words; nobody must take its end for that of the move. */
function factsOf(event: RecentEvent, rehearsed: ReadonlySet<string | null>): EventFacts {
  const isRehearsed = event.runId !== null && rehearsed.has(event.runId);
  const who = isRehearsed && event.actor === 'rehearsal' ? 'towpath' : shownSentence(event.actor, 80);
  return { at: event.at, who, what: `${isRehearsed ? 'in the rehearsal: ' : ''}${whatOf(event)}` };
}

const ACTIONS: Readonly<Record<string, string>> = {
  'approval.requested': 'asked for an approval',
  'approval.granted': 'said yes',
  'approval.declined': 'said no',
  'approval.used': 'used an approval',
  'migration.start': 'started the move',
  'run.planned': 'entered a move',
  'run.approved': 'has the approval for the move',
  'run.copying': 'moves records',
  'run.paused': 'paused the move',
  'run.copied': 'has moved everything',
  'run.validating': 'compares old and new',
  'run.completed': 'completed the move',
  'run.failed': 'stopped the move',
  'run.cancelled': 'cancelled the move',
  'run.rolling-back': 'takes out what was moved',
  'run.rolled-back': 'has taken out what was moved',
  'rollback.done': 'finished taking out what was moved',
  'run.pause-requested': 'asked for a pause',
  'run.cancel-requested': 'asked to cancel',
  'run.batches-taken-out': 'took out batches to move them again',
  'validation.fixed': 'put findings right',
  'values.revealed': 'looked at values that were set aside',
  cleanup: 'cleaned up old records of past runs',
};

/** What was done, in words that repeat no text that people typed. */
export function whatOf({
  kind,
  action,
  entity,
  message,
  details,
}: Pick<RecentEvent, 'kind' | 'action' | 'entity' | 'message' | 'details'>): string {
  if (kind === 'error') {
    const place = entity === null ? '' : `${lowerWords(entity)}: `;
    return shownSentence(`${place}${message ?? action} (${action})`);
  }
  const known = Object.hasOwn(ACTIONS, action) ? ACTIONS[action]! : undefined;
  const what = known ?? action.replace(/[._-]+/g, ' ');
  return shownText(`${what}${aboutOf(details)}`, 300);
}

/** Facts of an audit entry that are names and counts; texts that people typed are not repeated. */
function aboutOf(details: RecentEvent['details']): string {
  const parts: string[] = [];
  const { action, title, maxRows, runId } = details;
  if (typeof title === 'string') parts.push(withoutValues(title).replace(/\.$/, ''));
  else if (typeof action === 'string') parts.push(action.replaceAll('-', ' ').replaceAll(':', ' of '));
  if (typeof maxRows === 'number' && maxRows > 0) parts.push(`at most ${countOf(maxRows, 'record')}`);
  if (typeof runId === 'string') parts.push(`run ${runId}`);
  return parts.length === 0 ? '.' : `: ${parts.join(', ')}.`;
}
