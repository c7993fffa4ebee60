/** What a run came to of which some kinds of records are held: which are in, which are broken and why, which wait for them. */
import type { RunStatus } from '../contract/run.ts';
import { MigrationError } from '../core/errors.ts';
import { countOf, joinWords } from '../report/words.ts';
import type { WaitingEntity } from './held-entities.ts';

export interface HeldOutcome {
  readonly broken: ReadonlyMap<string, MigrationError>;
  readonly waiting: readonly WaitingEntity[];
}

const SEVERAL = 'ENTITIES_FAILED';
/** More are counted, not listed. */
const NAMED = 8;

/** True where nothing failed and a change of the source alone holds them: the run is paused, not failed. */
export function isPause({ broken }: HeldOutcome): boolean {
  return [...broken.values()].every(({ code }) => code === 'SOURCE_DRIFT');
}

/** `complete`: entities that are in. `there`: a sentence on what is in the target now. */
export function heldError(
  { broken, waiting }: HeldOutcome,
  { runId, entities }: Pick<RunStatus, 'runId' | 'entities'>,
  there: string,
): MigrationError {
  const errors = [...broken];
  const [first] = errors;
  const complete = entities.filter(({ state }) => state === 'completed').map(({ entity }) => entity);
  const codes = new Set(errors.map(([, { code }]) => code));
  const failed = errors.map(([entity, { code, message, hint }]) => ({ entity, code, message, hint }));
  return new MigrationError({
    code: codes.size === 1 ? first![1].code : SEVERAL,
    message: [
      `${inWords(failed)}${waitingWords(waiting, failed.length)}`,
      complete.length === 0 ? 'Nothing else is complete.' : `Complete: ${listed(complete)}.`,
      there,
    ].join(' '),
    hint: `${first![1].hint} Then go on with just these: towpath resume ${runId}. After a change of the plan: towpath approve, then towpath resume ${runId} --edited-plan. Or undo: towpath rollback ${runId} --preview`,
    severity: 'critical',
    details: {
      runId,
      ...(failed.length === 1 ? { entity: failed[0]!.entity } : {}),
      complete,
      failed,
      waiting: waiting.map(({ entity, because }) => ({ entity, because })),
    },
    cause: first![1],
  });
}

function inWords(failed: readonly { readonly entity: string; readonly message: string }[]): string {
  const told = failed.slice(0, NAMED).map(({ entity, message }) => `${entity}: ${message}`);
  const more = failed.length - told.length;
  const head = `${countOf(failed.length, 'kind')} of records could not be moved. `;
  return `${head}${told.join(' ')}${more > 0 ? ` And ${more} more.` : ''}`;
}

function waitingWords(waiting: readonly WaitingEntity[], failed: number): string {
  if (waiting.length === 0) return '';
  const told = waiting.slice(0, NAMED).map(({ entity, because }) => `${entity} (points at ${because})`);
  const more = waiting.length - told.length;
  return ` Waiting for ${failed === 1 ? 'it' : 'them'}: ${told.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

function listed(names: readonly string[]): string {
  const told = names.slice(0, NAMED);
  const more = names.length - told.length;
  return more > 0 ? `${told.join(', ')} and ${more} more` : joinWords(told);
}
