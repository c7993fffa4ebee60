/** A way by which values of one column become values of another, and where it is looked for. */
import type { PlanColumn } from '../../plan/plan-file.ts';
import type { Catalog } from '../../schema/catalog.ts';

export interface TypeFit {
  /** 0 to 1. */
  readonly score: number;
  readonly transform: PlanColumn['transform'];
  readonly reason: string;
  /** Values of the source that no label of the target's enumeration fits. */
  readonly unknown: readonly string[];
}

export interface TypePlace {
  readonly source: Catalog;
  readonly target: Catalog;
  readonly timeZone: string;
}
