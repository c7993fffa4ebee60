/** The statements that make a sample, in order, each with its share of the work. */
import { areas } from './areas.ts';
import type { DefectLayout } from './defect-layout.ts';
import { createManifest, listDefects, plantDefects, writeManifest } from './defects.sql.ts';
import { advanceSequence, foreignKeysOf, keysOf } from './keys.sql.ts';
import { drawingFunctions, dropScratchFunctions, tableFunctions } from './scratch.sql.ts';
import { allTables, type Sizes } from './tables.ts';

export interface SampleStep {
  readonly stage: 'tables' | 'rows' | 'keys' | 'defects' | 'references' | 'statistics';
  readonly table: string | null;
  readonly sql: string;
  readonly weight: number;
}

export interface SampleSteps {
  /** One transaction. */
  readonly inside: readonly SampleStep[];
  /** What cannot run in a transaction: vacuum, so that the first reader does not pay for hint bits. */
  readonly after: readonly SampleStep[];
  readonly total: number;
}

export function sampleSteps(sizes: Sizes, layout: DefectLayout, seed: number): SampleSteps {
  const perTable = (
    stage: SampleStep['stage'],
    share: number,
    sql: (table: string) => string,
  ): SampleStep[] =>
    allTables
      .map((table) => ({
        stage,
        table,
        sql: sql(table),
        weight: 1 + Math.round(share * (sizes.get(table) ?? 0)),
      }))
      .filter((step) => step.sql !== '');
  const whole = (stage: SampleStep['stage'], sql: string): SampleStep => ({
    stage,
    table: null,
    sql,
    weight: 1,
  });
  const inside = [
    whole('tables', `create schema sample; ${drawingFunctions(seed)} ${tableFunctions(layout)}`),
    whole('tables', areas.map((area) => area.tables).join('\n')),
    ...areas.flatMap((area) =>
      Object.entries(area.rows).map(
        ([table, sql]): SampleStep => ({ stage: 'rows', table, sql, weight: 1 + (sizes.get(table) ?? 0) }),
      ),
    ),
    ...perTable('keys', 0.6, keysOf),
    whole('defects', `${createManifest} ${listDefects(layout)} ${plantDefects} ${writeManifest}`),
    ...perTable('references', 0.2, foreignKeysOf),
    whole('references', allTables.map(advanceSequence).join('')),
    whole('tables', dropScratchFunctions),
  ];
  const after = perTable('statistics', 0.1, (table) => `vacuum (analyze) public.${table}`);
  const total = [...inside, ...after].reduce((sum, step) => sum + step.weight, 0);
  return { inside, after, total };
}
