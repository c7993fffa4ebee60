/** What changed in the old database since it was looked at for this plan. */
import type { z } from 'zod';
import type { Engine } from '../../contract/contract.ts';
import type { driftFacts as shape } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import { shownSentence } from '../../core/shown-text.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { countOf } from '../../report/words.ts';
import type { Catalog } from '../../schema/catalog.ts';
import { compareCatalogs } from '../../schema/compare-catalogs.ts';
import { shownTable } from './told-names.ts';

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
  const changes = compareCatalogs(catalog, now).flatMap((table) =>
    table.changes.map(({ text }) => ({
      table: shownTable(table),
      change: shownSentence(text),
    })),
  );
  const made = plan?.source.fingerprint ?? catalog.fingerprint;
  const data = { drifted: now.fingerprint !== made, changes };
  return { words: wordsOf(data, made === catalog.fingerprint), data, choices: choicesOf(data) };
}

function wordsOf({ drifted, changes }: DriftFacts, sameBasis: boolean): string {
  if (!drifted) return 'Nothing has changed in the old database’s tables since the plan was made.';
  if (!sameBasis && changes.length === 0)
    return 'The plan was made for an older form of the old database. A new plan is needed.';
  const shown = changes.slice(0, MOST_TOLD).map(({ table, change }) => `${table}: ${change}`);
  const more =
    changes.length > MOST_TOLD ? `, and ${countOf(changes.length - MOST_TOLD, 'more', 'more')}` : '';
  return `The old database has changed since the plan was made: ${countOf(changes.length, 'change')} (${shown.join('; ')}${more}). A plan for its old form is not used.`;
}

function choicesOf({ drifted }: DriftFacts): string[] {
  return drifted ? ['Look at it again', 'Show all changes'] : ['Show the plan'];
}
