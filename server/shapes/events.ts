/**
 * What happens in a migration, as it is told to whoever watches (GET /events, server-sent events): each message is one
 * document of this shape, without a name, so that `onmessage` gets all of them; its id stands in the stream's `id` too. An
 * event says that something changed and carries the figures that change often; the rest is fetched.
 */
import { z } from 'zod';
import { approvalActions } from '../../engine/contract/approvals.ts';
import { guideOutcomes, guideView } from '../../engine/contract/guide.ts';
import { journeyStep, runFacts } from '../../engine/contract/journey-state.ts';
import { entityProgress, levelFigures, runProgress } from './runs.ts';

const event = <Type extends string, Fields extends z.ZodRawShape>(type: Type, fields: Fields) =>
  z.object({
    /** Greater than that of every event before, also after a restart of the server. */
    id: z.number().int(),
    at: z.string(),
    type: z.literal(type),
    ...fields,
  });

const ofRun = runFacts.meta({ id: 'RunFactsNow' });
const ofEntity = { runId: z.string(), entity: entityProgress.meta({ id: 'EntityProgressNow' }) };
const ofApproval = {
  approvalId: z.string(),
  action: z.enum(approvalActions),
  title: z.string(),
  /** Who asked or decided. */
  by: z.string(),
};

export const liveEvent = z.discriminatedUnion('type', [
  /** The stream begins here. What was fetched before may be older: fetch it again. */
  event('hello', {}),
  /** Events were missed that are not kept any more: fetch everything again. */
  event('reset', {}),
  event('migration.started', { run: ofRun }),
  event('migration.resumed', { run: ofRun }),
  /** About once a second while records move. */
  event('migration.progress', { run: ofRun, progress: runProgress, levels: z.array(levelFigures) }),
  /** A level has passed its gate. */
  event('migration.level', { run: ofRun }),
  event('migration.paused', { run: ofRun }),
  /** The process that moved records is gone; it can go on from there. */
  event('migration.interrupted', { run: ofRun }),
  event('migration.completed', { run: ofRun }),
  /** Also at a closed gate, see `run.gateClosed`. */
  event('migration.failed', { run: ofRun }),
  event('migration.cancelled', { run: ofRun }),
  event('migration.rolled-back', { run: ofRun }),
  event('entity.started', ofEntity),
  event('entity.progress', ofEntity),
  event('entity.finishing', ofEntity),
  event('entity.completed', ofEntity),
  event('entity.skipped', ofEntity),
  event('entity.failed', ofEntity),
  event('entity.rolled-back', ofEntity),
  event('approval.requested', ofApproval),
  event('approval.granted', ofApproval),
  event('approval.declined', ofApproval),
  event('approval.used', ofApproval),
  event('approval.expired', ofApproval),
  /** Another card, or the guide began or stopped to work: fetch /guide. */
  event('guide.changed', {
    state: guideView.shape.state,
    cardId: z.string().nullable(),
    outcome: z.enum(guideOutcomes).nullable(),
  }),
  /** Something else about the journey is different: fetch the migration, and the plan where its hash is another. */
  event('state.changed', { step: journeyStep, planHash: z.string().nullable() }),
  /** A turn began (`busy`) or ended, or the program told something: fetch /messages. */
  event('chat.changed', { busy: z.boolean() }),
  /** A sentence to be shown once, such as that a step is done and checked. It is not kept in the conversation. */
  event('news', { words: z.string() }),
  /** The databases do not answer: what is shown is as old as the last event; `words` null: they answer again. */
  event('trouble', { words: z.string().nullable(), hint: z.string().nullable() }),
]);
export type LiveEvent = z.infer<typeof liveEvent>;
export type LiveEventType = LiveEvent['type'];
