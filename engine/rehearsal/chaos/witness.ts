/**
 * What the undisturbed move of the sample left, kept beside the scratch schema, and the comparison of every later move with it:
 * rows, pairs of old key and new id, rows set aside, repairs, keys and indexes, line for line, in the database itself.
 */

import type { Database } from '../../db/database.ts';
import { quoteIdentifier } from '../../db/quote.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { type Breach, brokenPairs, openLinks } from './closed-links.ts';
import { counted } from './counted.ts';
import {
  compareSql,
  compareSuspectSql,
  countKeptSql,
  forgetSql,
  keepSql,
  unsteadySql,
} from './witness.sql.ts';

export interface KeptRows {
  readonly moved: number;
  readonly setAside: number;
}

export interface Witness {
  /** Of the undisturbed move that is there now. */
  keep(): Promise<KeptRows>;
  /** How the move that is there now differs from the kept one, and whether it is whole in itself; empty: nothing is wrong. */
  compare(): Promise<Breach[]>;
  /** The move that is there now differs: to be kept until another undisturbed one has taken its place. */
  suspect(): Promise<void>;
  /**
   * An undisturbed move has taken the place of the suspect: which differences of the suspect are its own, and how many rows of
   * which entities prove nothing, because two undisturbed moves differ in them.
   */
  compareSuspect(): Promise<{
    readonly breaches: readonly Breach[];
    readonly unsteady: ReadonlyMap<string, number>;
  }>;
}

interface Difference {
  readonly kind: 'row' | 'pair' | 'set-aside' | 'repair' | 'object';
  readonly entity: string;
  readonly lost: number;
  readonly doubled: number;
  readonly added: number;
  readonly changed: number;
}

const WORDS: Readonly<Record<Difference['kind'], readonly [one: string, many: string]>> = {
  row: ['row', 'rows'],
  pair: ['pair of old key and new id', 'pairs of old key and new id'],
  'set-aside': ['row set aside', 'rows set aside'],
  repair: ['noted repair', 'noted repairs'],
  object: ['key or index', 'keys and indexes'],
};

const CHECKS = [
  ['lost', 'rows-lost', 'missing'],
  ['doubled', 'rows-doubled', 'there more than once'],
  ['added', 'rows-added', 'there that an undisturbed move does not bring'],
  ['changed', 'rows-changed', 'not what an undisturbed move leaves'],
] as const;

/** `ledger` is the target with the ledger of the rehearsal. */
export function createWitness(ledger: Database, plan: PlanFile, kept: string): Witness {
  const of = { kept, schema: plan.target.schema, entities: plan.entities };
  return {
    async keep() {
      await ledger.query(`drop schema if exists ${quoteIdentifier(kept)} cascade`);
      await ledger.query(`create schema ${quoteIdentifier(kept)}`);
      await ledger.query(keepSql(of, 'whole'));
      const [counts] = await ledger.query<KeptRows>(countKeptSql(of));
      return counts!;
    },
    async compare() {
      const found = await ledger.query<Difference>(compareSql(of));
      return [
        ...found.flatMap(breachesOf),
        ...(await brokenPairs(ledger, plan)),
        ...(await openLinks(ledger, plan)),
      ];
    },
    async suspect() {
      await ledger.query(forgetSql(of, 'suspect'));
      await ledger.query(keepSql(of, 'suspect'));
    },
    async compareSuspect() {
      const found = await ledger.query<Difference>(compareSuspectSql(of));
      const rows = await ledger.query<{ entity: string; rows: number }>(unsteadySql(of));
      return {
        breaches: found.flatMap(breachesOf),
        unsteady: new Map(rows.map(({ entity, rows: count }) => [entity, count])),
      };
    },
  };
}

function breachesOf(difference: Difference): Breach[] {
  return CHECKS.flatMap(([of, check, words]) => {
    const rows = difference[of];
    if (rows === 0) return [];
    const [one, many] = WORDS[difference.kind];
    const message = `${difference.entity}: ${counted(rows, `${one} is`, `${many} are`)} ${words}.`;
    return [{ check, entity: difference.entity, rows, message }];
  });
}
