/**
 * A run that is taken up again on a source that has changed meanwhile: the kinds of records whose tables changed wait, and
 * so do those that point at them and are not in yet (held-entities.ts); all others go on. Then the run pauses and says what
 * is to be done.
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
  /** What must not be read as the plan has it; empty where nothing that matters changed. */
  readonly held: ReadonlySet<string>;
  /** Those among them whose own table changed; the others wait for them. */
  readonly broken: ReadonlyMap<string, MigrationError>;
  /** Why, for people. Null where nothing is held. */
  readonly error: MigrationError | null;
}

interface Dependencies {
  readonly source: Database;
  readonly control: Pick<Control, 'artifacts' | 'entities'>;
}

/** Throws SOURCE_DRIFT where it is not known what the source was like before. */
export async function readDriftedSource(
  { source, control }: Dependencies,
  plan: PlanFile,
  runId: string,
): Promise<SourceNow> {
  try {
    return { ...NOTHING, catalog: await readCurrentCatalog(source, plan) };
  } catch (error) {
    if (!(error instanceof MigrationError) || error.code !== 'SOURCE_DRIFT') throw error;
    const kept = await control.artifacts.find(plan.source.fingerprint);
    if (!kept) throw error;
    const catalog = await introspect(source, {
      schemas: plan.source.schemas,
      profiles: false,
      counts: 'none',
    });
    const drift = sourceDrift(plan, parseCatalog(kept.content), catalog);
    if (drift.affected.length === 0) return { ...NOTHING, catalog };
    const entities = await control.entities.list(runId);
    const done = new Set(entities.filter(({ state }) => state === 'completed').map(({ entity }) => entity));
    const open = drift.affected.filter((name) => !done.has(name));
    const waiting = dependentsOf(plan, open, done);
    const held = new Set([...drift.affected, ...waiting.map(({ entity }) => entity)]);
    const told = driftError(drift, waiting, runId);
    return { catalog, held, broken: new Map(drift.affected.map((entity) => [entity, told])), error: told };
  }
}

const NOTHING = { held: new Set<string>(), broken: new Map<string, MigrationError>(), error: null };

/** More are counted, not listed. */
const NAMED = 5;

function driftError(
  { changes, affected }: SourceDrift,
  waiting: SourceDrift['waiting'],
  runId: string,
): MigrationError {
  const own = changes.filter(({ entity }) => entity !== null);
  const first = own[0]!;
  const also =
    waiting.length === 0
      ? ''
      : ` Waiting with ${affected.length === 1 ? 'it' : 'them'}: ${waiting.map(({ entity, because }) => `${entity} (points at ${because})`).join(', ')}.`;
  return new MigrationError({
    code: 'SOURCE_DRIFT',
    message: `The tables of the source are no longer those that this plan was made for. ${inWords(own)} Paused: ${affected.join(', ')}.${also} The others are not concerned.`,
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
