/** What compiling an entity is told besides the plan, and how it says that the plan asks for what cannot be. */
import { MigrationError } from '../../core/errors.ts';
import type { PlanColumn, PlanEntity } from '../../plan/plan-file.ts';
import type { Table, TableName } from '../../schema/catalog.ts';
import type { KeptIds } from '../kept-ids.ts';
import type { ParentKeys } from '../parent-keys.ts';
import type { Parent } from '../parent-lookup.ts';
import type { StepWatch } from '../steps/step.ts';
import type { FieldList, Wire } from './field-list.ts';

export interface CompileInput {
  readonly entity: PlanEntity;
  readonly table: Table;
  /** Zone of source timestamps without one. */
  readonly timeZone: string;
  /** The migration's secret namespace, 16 bytes. */
  readonly namespace: Uint8Array;
  readonly parents: ReadonlyMap<string, ParentKeys>;
  /** Plan and table of an entity pointed at, for references that the source looks up. */
  readonly parentOf: (entity: string) => Parent;
  /** A table of the source, for values that are looked up there. */
  readonly tableOf: (name: TableName) => Table;
  /** Target column → legacy keys whose value an earlier row uses already. */
  readonly duplicates: ReadonlyMap<string, ReadonlySet<string>>;
  /** Ids of rows that were in the target before; absent where the entity merges with none. */
  readonly keptIds?: KeptIds | null;
  /** Is told of every step of every row: for explaining single ones. */
  readonly watch?: StepWatch;
  /** For reading the mapped values instead of sending them. Otherwise the columns decide. */
  readonly wire?: 'text';
}

/** What every column of the entity is compiled with. */
export interface ColumnPlace {
  readonly input: CompileInput;
  readonly fields: FieldList;
  readonly wire: Wire;
}

export function unsupported({ name }: PlanEntity, column: PlanColumn, why: string): MigrationError {
  return new MigrationError({
    code: 'PLAN_INVALID',
    message: `Entity ${name}, column ${column.to}: ${why}.`,
    hint: 'Change the column in the plan file, then check it with: towpath map',
  });
}
