/** A way by which values of one column become values of another, and where it is looked for. */
import type { PlanColumn } from '../../plan/plan-file.ts';
import type { Catalog, Table } from '../../schema/catalog.ts';

export interface TypeFit {
  /** 0 to 1. */
  readonly score: number;
  readonly transform: PlanColumn['transform'];
  readonly reason: string;
  /** Values of the source that no label of the target's enumeration fits. */
  readonly unknown: readonly string[];
  /** Why a person has to say whether it is meant, however well the names go together. */
  readonly doubt?: Doubt;
}

export interface Doubt {
  readonly why: string;
  /** Other ways that the values could be meant. */
  readonly others: readonly { readonly text: string; readonly transform: PlanColumn['transform'] }[];
}

export interface CatalogPlace {
  readonly source: Catalog;
  readonly target: Catalog;
  readonly timeZone: string;
}

export interface TypePlace extends CatalogPlace {
  /** Table of the target's column. */
  readonly targetTable: Table;
}
