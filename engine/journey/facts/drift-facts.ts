/** What changed in the old database since it was looked at for this plan, whom it concerns, and what to do. */
import type { z } from 'zod';
import type { Engine } from '../../contract/contract.ts';
import type { driftFacts as shape } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import { shownSentence } from '../../core/shown-text.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { type SourceDrift, sourceDrift } from '../../plan/source-drift.ts';
import { countOf, formatCount } from '../../report/words.ts';
import type { Catalog } from '../../schema/catalog.ts';
import { compareCatalogs } from '../../schema/compare-catalogs.ts';
import { lowerWords, shownTable } from './told-names.ts';

type DriftFacts = z.infer<typeof shape>;

export interface DriftQuestion {
  readonly engine: Pick<Engine, 'analyze'>;
  /** The kept one. */
  readonly catalog: Catalog;
  readonly plan: PlanFile | null;
}

const MOST_TOLD = 3;

/** Reads the source's structure anew; keeps nothing. */
export async function driftFacts({ engine, catalog, plan }: DriftQuestion): Promise<Told<DriftFacts>> {
  const now = await engine.analyze({ schemas: catalog.schemas, structureOnly: true });
  const { changes, affected, waiting } =
    plan === null ? unplanned(catalog, now) : sourceDrift(plan, catalog, now);
  const made = plan?.source.fingerprint ?? catalog.fingerprint;
  const data: DriftFacts = {
    drifted: now.fingerprint !== made,
    changes: changes.map(({ schema, table, entity, text, advice }) => ({
      table: shownTable({ schema, name: table }),
      change: shownSentence(text),
      entity,
      advice: shownSentence(advice, 400),
    })),
    paused: [...affected, ...waiting.map(({ entity }) => entity)],
  };
  return { words: wordsOf(data, made === catalog.fingerprint, plan), data, choices: choicesOf(data) };
}

function unplanned(before: Catalog, after: Catalog): SourceDrift {
  const changes = compareCatalogs(before, after).flatMap(({ schema, name, changes: ofTable }) =>
    ofTable.map(({ column, text }) => ({
      ...{ schema, table: name, entity: null, column, kind: 'changed' as const, text },
      advice: 'Look at the old database again.',
    })),
  );
  return { changes, affected: [], readers: [], waiting: [] };
}

function wordsOf(
  { drifted, changes, paused }: DriftFacts,
  sameBasis: boolean,
  plan: PlanFile | null,
): string {
  if (!drifted) return 'Nothing has changed in the old database’s tables since the plan was made.';
  if (!sameBasis && changes.length === 0)
    return 'The plan was made for an older form of the old database. A new plan is needed.';
  const shown = changes.slice(0, MOST_TOLD).map(({ table, change }) => `${table}: ${change}`);
  const more =
    changes.length > MOST_TOLD ? `, and ${countOf(changes.length - MOST_TOLD, 'more', 'more')}` : '';
  const told = `The old database has changed since the plan was made: ${countOf(changes.length, 'change')} (${shown.join('; ')}${more}).`;
  if (plan === null) return told;
  const first = changes.find(({ entity }) => entity !== null);
  if (first === undefined)
    return `${told} None of it concerns what moves. An approval for the old form does not count any more, so look at it again before the next one.`;
  const rest = plan.entities.length - paused.length;
  const others =
    rest > 0
      ? ` A move under way would hold ${paused.length === 1 ? 'it' : 'these'} back and go on with the other ${formatCount(rest)}.`
      : '';
  return `${told} It concerns ${paused.map(lowerWords).slice(0, 5).join(', ')}${paused.length > 5 ? ` and ${paused.length - 5} more` : ''}.${others} What to do about the first: ${first.advice}`;
}

function choicesOf({ drifted }: DriftFacts): string[] {
  return drifted ? ['Look at it again', 'Make a new plan', 'Show the plan'] : ['Show the plan'];
}
