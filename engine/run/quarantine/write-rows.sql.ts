/** Statements that put staged rows into their tables. */
import type { EntityLoad } from '../../copy/entity-load.ts';
import { quoteIdentifier, quoteTable } from '../../db/quote.ts';

type Place = Pick<EntityLoad, 'target' | 'compiled'>;

export function stagingName(place: number): string {
  return `towpath_retry_${place}`;
}

/** All tables in one statement: foreign keys are asked at its end. */
export function insertStagedSql(loads: readonly Place[]): string {
  const steps = loads.map((load, i) => `put${i} as (${insertSql(load, i)} returning 1)`);
  return `with ${steps.join(',\n    ')}\n    select`;
}

/** Of one table alone. */
export function insertSql({ target, compiled }: Place, place: number): string {
  const list = compiled.columns.map(quoteIdentifier).join(', ');
  return `insert into ${quoteTable(target)} (${list}) overriding system value
    select ${list} from pg_temp.${quoteIdentifier(stagingName(place))}`;
}
