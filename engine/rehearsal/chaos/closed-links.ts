/**
 * What a move must leave whatever any other move left, asked of its tables alone: old keys and new ids one to one, each pair with its row
 * and each row with its pair, and every link leads to a row.
 */

import type { ChaosReport } from '../../contract/chaos.ts';
import type { Database } from '../../db/database.ts';
import type { PlanEntity, PlanFile } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import { counted } from './counted.ts';
import { danglingSql, type Link, pairsSql } from './witness.sql.ts';

export type Violation = ChaosReport['violations'][number];
export type Breach = Pick<Violation, 'check' | 'entity' | 'rows' | 'message'>;

interface BrokenPairs {
  readonly entity: string;
  readonly ambiguous: number;
  readonly shared: number;
  readonly dangling: number;
  readonly unpaired: number;
}

/** Old keys and new ids stand one to one, and lead to rows. */
export async function brokenPairs(ledger: Database, { target, entities }: PlanFile): Promise<Breach[]> {
  const found = await ledger.query<BrokenPairs>(pairsSql(target.schema, entities));
  return found.flatMap(({ entity, ambiguous, shared, dangling, unpaired }) =>
    (
      [
        [ambiguous, 'old key with more than one new id', 'old keys with more than one new id'],
        [shared, 'new id of more than one old key', 'new ids of more than one old key'],
        [dangling, 'pair of old key and new id without a row', 'pairs of old key and new id without a row'],
        [unpaired, 'row of no old key', 'rows of no old key'],
      ] as const
    ).flatMap(([rows, one, many]) =>
      rows === 0
        ? []
        : [
            {
              check: 'pairs' as const,
              entity,
              rows,
              message: `${entity}: ${counted(rows, one, many)}.`,
            },
          ],
    ),
  );
}

/** References, and generic relations: these lead to one of several tables. */
export async function openLinks(ledger: Database, { target, entities }: PlanFile): Promise<Breach[]> {
  const breaches: Breach[] = [];
  for (const link of entities.flatMap((entity) => linksOf(entity, entities))) {
    const [found] = await ledger.query<{ rows: number }>(danglingSql(target.schema, link));
    const { rows } = found!;
    if (rows === 0) continue;
    const message = `${link.entity}: ${counted(rows, `link in ${link.column} leads`, `links in ${link.column} lead`)} nowhere.`;
    breaches.push({ check: 'references', entity: link.entity, rows, message });
  }
  return breaches;
}

function linksOf({ name, target, columns }: PlanEntity, entities: readonly PlanEntity[]): Link[] {
  return columns.flatMap((column) =>
    transformsOf(column).flatMap((step) => {
      const wanted =
        step.kind === 'reference'
          ? [step.entity]
          : step.kind === 'polymorphic'
            ? [...new Set(Object.values(step.entities))]
            : [];
      const parents = entities.filter((entity) => wanted.includes(entity.name));
      // where rows may lead out of the sample, nothing here can tell whether they do
      if (wanted.length === 0 || parents.length < wanted.length) return [];
      return [{ entity: name, table: target.table, column: column.to, parents }];
    }),
  );
}
