/**
/**
 * A run on a source that has changed since its plan was made: the kinds of records whose tables changed wait, and so do
 * those that read from these tables, or point at them and are not in yet (held-entities.ts); all others go on. Then the
 * run pauses and says what is to be done.
 */
import type { Control } from '../control/control.ts';
import { MigrationError } from '../core/errors.ts';
import type { Database } from '../db/database.ts';
import { readCurrentCatalog } from '../plan/current-catalog.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { type DriftChange, dependentsOf, type SourceDrift, sourceDrift } from '../plan/source-drift.ts';
import type { Catalog } from '../schema/catalog.ts';
import { parseCatalog } from '../schema/catalog-schema.ts';
import { introspect } from '../schema/introspect.ts';

export interface SourceNow {
  readonly catalog: Catalog;
  /** What the plan was made for; the same where nothing changed. */
  readonly planned: Catalog;
  readonly drift: SourceDrift | null;
  /** What must not be read as the plan has it; empty where nothing that matters changed. */
  readonly held: ReadonlySet<string>;
  /** Those among them that the change itself concerns, and why; the others wait for them. */
  broken(runId: string): ReadonlyMap<string, MigrationError>;
  /** Why, for people. Null where nothing is held. `runId`: of the run that waits. */
  error(runId: string): MigrationError | null;
}

interface Dependencies {
  readonly source: Database;
  readonly control: Pick<Control, 'artifacts'>;
}

/** `done`: entities that are in the target. Throws SOURCE_DRIFT where it is not known what the source was like before. */
export async function readDriftedSource(
  { source, control }: Dependencies,
  plan: PlanFile,
  done: ReadonlySet<string>,
): Promise<SourceNow> {
  try {
    return unchanged(await readCurrentCatalog(source, plan));
  } catch (cause) {
    if (!(cause instanceof MigrationError) || cause.code !== 'SOURCE_DRIFT') throw cause;
    const kept = await control.artifacts.find(plan.source.fingerprint);
    if (!kept) throw cause;
    const catalog = await introspect(source, {
      schemas: plan.source.schemas,
      profiles: false,
      counts: 'none',
    });
    const planned = parseCatalog(kept.content);
    const drift = sourceDrift(plan, planned, catalog);
    const readers = drift.readers.filter(({ entity }) => !done.has(entity));
    const named = [...drift.affected, ...readers.map(({ entity }) => entity)];
    const pointing = dependentsOf(
      plan,
      named.filter((name) => !done.has(name)),
      done,
    );
    const waiting = [...readers, ...pointing];
    const held = new Set([...drift.affected, ...waiting.map(({ entity }) => entity)]);
    const error = (runId: string) => (held.size > 0 ? driftError(drift, waiting, runId) : null);
    const broken = (runId: string) =>
      new Map(named.flatMap((entity) => (held.size > 0 ? [[entity, error(runId)!] as const] : [])));
    return { catalog, planned, drift, held, broken, error };
  }
}

/** Of a source that is as the plan has it. */
export function unchanged(catalog: Catalog): SourceNow {
  const none = new Map<string, MigrationError>();
  return { catalog, planned: catalog, drift: null, held: new Set(), broken: () => none, error: () => null };
}

/** The names of a run's entities that are in the target. */
export async function doneEntities(
  { entities }: Pick<Control, 'entities'>,
  runId: string,
): Promise<ReadonlySet<string>> {
  const ofRun = await entities.list(runId);
  return new Set(ofRun.filter(({ state }) => state === 'completed').map(({ entity }) => entity));
}

/** More are counted, not listed. */
const NAMED = 5;

function driftError(
  { changes, affected }: SourceDrift,
  waiting: SourceDrift['waiting'],
  runId: string,
): MigrationError {
  const concerned = changes.filter(({ entity }) => entity !== null);
  const own = concerned.length > 0 ? concerned : changes;
  const first = own[0]!;
  const held = waiting.map(({ entity, because }) => `${entity} (needs ${because})`);
  const named = affected.length > 0 ? affected : held;
  const also =
    waiting.length === 0 ? '' : ` Waiting with ${affected.length === 1 ? 'it' : 'them'}: ${held.join(', ')}.`;
  return new MigrationError({
    code: 'SOURCE_DRIFT',
    message: `The tables of the source are no longer those that this plan was made for. ${inWords(own)} Paused: ${named.join(', ')}.${affected.length > 0 ? also : ''} The others are not concerned.`,
    hint: `${first.advice} What the run moved so far stays. Put the tables of the old database back as they were and go on with towpath resume ${runId}, or undo the run: towpath rollback ${runId} --preview`,
    details: {
      runId,
      affected,
      waiting: waiting.map(({ entity }) => entity),
      changes: own.map(({ text }) => text),
    },
  });
}

function inWords(changes: readonly DriftChange[]): string {
  const more = changes.length - NAMED;
  const told = changes.slice(0, NAMED).map(({ table, text }) => `${table}: ${text}`);
  return `${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}
