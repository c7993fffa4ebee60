/**
 * The assessment: what a database is like to move, before anybody decides anything. Promise: it says nothing that the
 * catalog and the suggested plan do not say, names what was not looked at, and holds no value of a row except numbers
 * that look like codes. Pure; the same catalog gives the same assessment.
 */
import type { Table } from '../../schema/catalog.ts';
import type { ObjectKind } from '../../schema/catalog-objects.ts';
import type { ObstacleKind } from '../../schema/difficulty.ts';

export type Grade = 'easy' | 'moderate' | 'hard';

export interface Assessment {
  readonly version: 1;
  readonly database: string;
  readonly serverVersion: string;
  readonly takenAt: string;
  readonly fingerprint: string;
  readonly grade: Grade;
  /** Why the whole is as hard as it is; empty for an easy one. */
  readonly reasons: readonly string[];
  readonly size: Size;
  readonly tables: readonly AssessedTable[];
  readonly decisions: readonly Decision[];
  readonly notCarried: readonly NotCarried[];
  readonly leftOut: readonly LeftOut[];
  readonly columns: readonly AssessedColumn[];
  readonly personal: readonly PersonalColumn[];
  readonly guessedLinks: readonly GuessedLink[];
  /** What analysis could not find out, in words. */
  readonly unknown: readonly string[];
}

export interface Size {
  readonly tables: number;
  readonly columns: number;
  readonly rows: number;
  /** Heap and toast of what would move, in the old database. */
  readonly bytes: number;
  readonly seconds: { readonly low: number; readonly likely: number; readonly high: number };
  /** What the new database grows by, and its write-ahead log while it does. */
  readonly targetBytes: number;
  readonly walBytes: number;
}

export interface AssessedTable {
  readonly table: string;
  readonly rows: number | null;
  readonly bytes: number;
  readonly columns: number;
  readonly grade: Grade;
  readonly reasons: readonly string[];
  readonly obstacles: readonly ObstacleKind[];
}

export interface Decision {
  readonly text: string;
  readonly why: string;
  /** What the plan holds unless somebody answers otherwise. */
  readonly recommended: string;
  readonly choices: readonly string[];
  /** A plan cannot be approved before it is answered. */
  readonly required: boolean;
}

/** Things of one kind that no copy of rows carries over. */
export interface NotCarried {
  readonly kind: ObjectKind | 'column';
  readonly count: number;
  readonly names: readonly string[];
  readonly fate: 'left' | 'replaced';
  readonly alternative: string;
}

export interface LeftOut {
  readonly table: string;
  readonly kind: Table['kind'];
  readonly rows: number | null;
  /** Framework that it belongs to; null for a table left out for another reason. */
  readonly framework: string | null;
  readonly reason: string;
}

export interface AssessedColumn {
  readonly table: string;
  readonly column: string;
  readonly what: string;
  readonly kind: string;
  /** Seen in all rows, not in a sample. */
  readonly whole: boolean;
}

export interface PersonalColumn {
  readonly table: string;
  readonly column: string;
  readonly kind: string;
  readonly confidence: number;
}

export interface GuessedLink {
  readonly table: string;
  readonly column: string;
  readonly to: readonly string[];
  readonly confidence: number;
  readonly reason: string;
}
