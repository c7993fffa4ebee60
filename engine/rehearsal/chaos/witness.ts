/**
 * What the undisturbed move of the sample left, kept beside the scratch schema, and the comparison of every later move with it:
 * rows, pairs of old key and new id, rows set aside, repairs, keys and indexes, line for line, in the database itself.
 */
import type { ChaosReport } from '../../contract/chaos.ts';
import type { Database } from '../../db/database.ts';
import { quoteIdentifier } from '../../db/quote.ts';
import type { PlanEntity, PlanFile } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import { compareSql, countKeptSql, danglingSql, keepSql, pairsSql } from './witness.sql.ts';

export type Violation = ChaosReport['violations'][number];
export type Breach = Pick<Violation, 'check' | 'entity' | 'rows' | 'message'>;

export interface Kept {
  readonly moved: number;
  readonly setAside: number;
  /** All that is compared. */
  readonly lines: number;
}

export interface Witness {
  /** Of the move that is there now. */
  keep(): Promise<Kept>;
  /** How the move that is there now differs from the kept one; empty: it does not. */
  compare(): Promise<Breach[]>;
}

interface Difference {
  readonly kind: 'row' | 'pair' | 'set-aside' | 'repair' | 'object';
  readonly entity: string;
  readonly lost: number;
  readonly doubled: number;
  readonly added: number;
  readonly changed: number;
}

const WORDS: Readonly<Record<Difference['kind'], string>> = {
  row: 'rows',
  pair: 'pairs of old key and new id',
  'set-aside': 'rows set aside',
  repair: 'noted repairs',
  object: 'keys and indexes',
};

const CHECKS = [
  ['lost', 'rows-lost', 'are missing'],
  ['doubled', 'rows-doubled', 'are there more than once'],
  ['added', 'rows-added', 'are there that were not before'],
  ['changed', 'rows-changed', 'are not what they were'],
] as const;

/** `ledger` is the target with the ledger of the rehearsal. */
export function createWitness(ledger: Database, plan: PlanFile, kept: string): Witness {
  const { schema } = plan.target;
  const { entities } = plan;
  return {
    async keep() {
      await ledger.query(`drop schema if exists ${quoteIdentifier(kept)} cascade`);
      await ledger.query(`create schema ${quoteIdentifier(kept)}`);
      await ledger.query(keepSql(kept, schema, entities));
      const [counts] = await ledger.query<Kept>(countKeptSql(kept));
      return counts!;
    },
    async compare() {
      const found = await ledger.query<Difference>(compareSql(kept, schema, entities));
      return [
        ...found.flatMap(breachesOf),
        ...(await brokenPairs(ledger, plan)),
        ...(await openReferences(ledger, plan)),
      ];
    },
  };
}

function breachesOf(difference: Difference): Breach[] {
  return CHECKS.flatMap(([of, check, words]) => {
    const rows = difference[of];
    if (rows === 0) return [];
    const message = `${difference.entity}: ${rows} ${WORDS[difference.kind]} ${words}.`;
    return [{ check, entity: difference.entity, rows, message }];
  });
}

interface BrokenPairs {
  readonly entity: string;
  readonly ambiguous: number;
  readonly shared: number;
  readonly dangling: number;
  readonly unpaired: number;
}

async function brokenPairs(ledger: Database, { target, entities }: PlanFile): Promise<Breach[]> {
  const found = await ledger.query<BrokenPairs>(pairsSql(target.schema, entities));
  return found.flatMap(({ entity, ambiguous, shared, dangling, unpaired }) =>
    (
      [
        [ambiguous, 'old keys lead to more than one new id'],
        [shared, 'new ids belong to more than one old key'],
        [dangling, 'pairs lead to no row'],
        [unpaired, 'rows belong to no old key'],
      ] as const
    ).flatMap(([rows, words]) =>
      rows === 0 ? [] : [{ check: 'pairs' as const, entity, rows, message: `${entity}: ${rows} ${words}.` }],
    ),
  );
}

async function openReferences(ledger: Database, { target, entities }: PlanFile): Promise<Breach[]> {
  const breaches: Breach[] = [];
  for (const reference of entities.flatMap((entity) => referencesOf(entity, entities))) {
    const [counted] = await ledger.query<{ rows: number }>(danglingSql(target.schema, reference));
    const { rows } = counted!;
    if (rows === 0) continue;
    const message = `${reference.entity}: ${rows} links in ${reference.column} lead nowhere.`;
    breaches.push({ check: 'references', entity: reference.entity, rows, message });
  }
  return breaches;
}

function referencesOf({ name, target, columns }: PlanEntity, entities: readonly PlanEntity[]) {
  return columns.flatMap((column) => {
    const last = transformsOf(column).at(-1);
    if (last?.kind !== 'reference') return [];
    const parent = entities.find((entity) => entity.name === last.entity);
    return parent === undefined
      ? []
      : [{ entity: name, table: target.table, column: column.to, parent: parent.target.table }];
  });
}
