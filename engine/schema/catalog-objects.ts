/** What a database has besides columns, keys and rows; the further half of the Catalog (catalog.ts). */
import type { TableName } from './table-name.ts';

export interface Partitioning {
  readonly strategy: 'range' | 'list' | 'hash';
  /** As PostgreSQL prints it: `RANGE (at)`. */
  readonly key: string;
  /** Null where it is divided by an expression. */
  readonly columns: readonly string[] | null;
}

export interface Grant {
  /** `public` is everybody. */
  readonly grantee: string;
  readonly privileges: readonly string[];
  /** Where it holds for one column only. */
  readonly column?: string;
}

export interface Trigger {
  readonly name: string;
  readonly definition: string;
  /** Function that it calls. */
  readonly calls: TableName;
  readonly enabled: boolean;
}

export interface Rule {
  readonly name: string;
  readonly definition: string;
}

export interface Policy {
  readonly name: string;
  readonly permissive: boolean;
  readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete';
  /** `public` is everybody. */
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly check: string | null;
}

export interface ViewSource {
  readonly definition: string;
  /** Tables and views that it reads, those outside the chosen schemas too. */
  readonly reads: readonly TableName[];
}

export interface CompositeType extends TableName {
  readonly fields: readonly { readonly name: string; readonly type: string }[];
}

export interface RangeType extends TableName {
  readonly subtype: string;
  /** Name of the type that holds several of them, from 14. */
  readonly multirange: string | null;
}

export interface Sequence extends TableName {
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly cycle: boolean;
  /** Last number handed out as text; null where none was yet, or where it may not be read. */
  readonly lastValue: string | null;
  /** Column that it numbers. */
  readonly owner: (TableName & { readonly column: string; readonly identity: boolean }) | null;
}

export interface Extension {
  readonly name: string;
  readonly schema: string;
  readonly version: string;
}

/** One thing of the old database that is no row of a table that moves. */
export interface CatalogObject {
  readonly kind: ObjectKind;
  /** Null for what belongs to the database as a whole. */
  readonly schema: string | null;
  readonly name: string;
  /** Table that it belongs to. */
  readonly table?: TableName;
  /** What it is or does, in a few words without values. */
  readonly what: string;
  /** `left`: stays behind unless somebody makes it again. `replaced`: the new system has something in its place. */
  readonly fate: 'left' | 'replaced';
  /** Why, and what to do where something is to be done. */
  readonly reason: string;
}

export type ObjectKind =
  | 'aggregate'
  | 'check'
  | 'collation'
  | 'column-collation'
  | 'column-default'
  | 'comment'
  | 'composite-type'
  | 'domain'
  | 'enum'
  | 'event-trigger'
  | 'exclusion'
  | 'extension'
  | 'foreign-key'
  | 'foreign-server'
  | 'foreign-table'
  | 'function'
  | 'generated-column'
  | 'grant'
  | 'index'
  | 'large-objects'
  | 'materialized-view'
  | 'operator'
  | 'owner'
  | 'partition'
  | 'policy'
  | 'procedure'
  | 'publication'
  | 'range-type'
  | 'rule'
  | 'schema'
  | 'sequence'
  | 'statistics'
  | 'subscription'
  | 'text-search'
  | 'trigger'
  | 'unique-key'
  | 'unlogged'
  | 'view';
