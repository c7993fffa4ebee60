/**
 * The Catalog: what analysis found out about one PostgreSQL database, as plain JSON.
 * It is stored as an artifact, fingerprinted, and the only thing planning reads.
 * Everything that a later introspection adds goes here as a further field, never beside it.
 */

import type {
  CatalogObject,
  CompositeType,
  Extension,
  Grant,
  Partitioning,
  Policy,
  RangeType,
  Rule,
  Sequence,
  Trigger,
  ViewSource,
} from './catalog-objects.ts';
import type { TableName } from './table-name.ts';

export type { TableName } from './table-name.ts';

export interface Catalog {
  readonly server: ServerFacts;
  /** sha256 over the structural part (schemas, columns, types, keys); statistics and profiles do not count. */
  readonly fingerprint: string;
  readonly takenAt: string;
  readonly schemas: readonly string[];
  readonly tables: readonly Table[];
  readonly enums: readonly EnumType[];
  readonly domains: readonly DomainType[];
  /** Relations without a constraint: guessed foreign keys and generic (content type + object id) relations. */
  readonly inferred: readonly InferredReference[];
  readonly composites?: readonly CompositeType[];
  readonly ranges?: readonly RangeType[];
  readonly sequences?: readonly Sequence[];
  readonly extensions?: readonly Extension[];
  /** Everything that no row copy carries over, so that nobody misses it only afterwards. Derived from the rest. */
  readonly objects?: readonly CatalogObject[];
}

export interface ServerFacts {
  readonly database: string;
  /** As `server_version_num`, for example 150018. */
  readonly versionNum: number;
  readonly encoding: string;
  readonly timeZone: string;
  /** Collation that texts of the database are ordered by where a column says nothing, such as `en_US.UTF-8`. */
  readonly collation?: string;
}

export interface Table extends TableName {
  readonly kind: 'table' | 'partitioned' | 'partition' | 'foreign' | 'view' | 'materialized-view';
  readonly comment: string | null;
  readonly columns: readonly Column[];
  readonly primaryKey: KeyConstraint | null;
  readonly uniques: readonly KeyConstraint[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly CheckConstraint[];
  readonly indexes: readonly Index[];
  /** pg_class.reltuples, or null when the server has never counted. */
  readonly estimatedRows: number | null;
  /** Exact where it was asked for or cheap, else null. */
  readonly exactRows: number | null;
  /** Heap and toast, without indexes, in bytes. */
  readonly bytes: number;
  readonly rowSecurity: boolean;
  readonly housekeeping: Housekeeping | null;
  readonly difficulty: Difficulty;
  /** For a partition or an inheriting table: its (first) parent. */
  readonly parent?: TableName | null;
  /** Further parents of a table that inherits from several. */
  readonly otherParents?: readonly TableName[];
  /** How a partitioned table (or a part with parts of its own) is divided. */
  readonly partitioning?: Partitioning;
  /** Which rows a part holds, as PostgreSQL prints it: `FOR VALUES FROM (…) TO (…)`, `DEFAULT`. */
  readonly bound?: string;
  /** True where a crash of the server empties the table. */
  readonly unlogged?: boolean;
  readonly owner?: string;
  /** What others than the owner may do with it. */
  readonly grants?: readonly Grant[];
  readonly exclusions?: readonly CheckConstraint[];
  readonly triggers?: readonly Trigger[];
  readonly rules?: readonly Rule[];
  readonly policies?: readonly Policy[];
  /** Row-level security holds for the owner too. */
  readonly rowSecurityForced?: boolean;
  /** Of a view or materialised view. */
  readonly view?: ViewSource;
  /** Of a foreign table: the server that keeps its rows. */
  readonly foreign?: { readonly server: string; readonly wrapper: string };
  /** What analysis could not find out about this table, in words. */
  readonly notes?: readonly string[];
}

/** Tables that belong to the old software itself, such as django_migrations. */
export interface Housekeeping {
  readonly framework: string;
  readonly reason: string;
}

export interface Difficulty {
  readonly grade: 'easy' | 'moderate' | 'hard';
  readonly reasons: readonly string[];
}

export interface Column {
  readonly name: string;
  /** 1-based attribute number. */
  readonly position: number;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** Default expression as PostgreSQL prints it. */
  readonly default: string | null;
  readonly identity: boolean;
  readonly identityKind?: 'always' | 'by default';
  readonly generated: boolean;
  /** Computed when it is written, or (from PostgreSQL 18) when it is read. */
  readonly generation?: 'stored' | 'virtual';
  /** Only inherited, not declared by the table itself. */
  readonly inherited?: boolean;
  readonly comment: string | null;
  readonly profile: ColumnProfile | null;
}

export interface ColumnType {
  /** As `format_type` prints it with its modifier, for example `numeric(12,2)` or `character varying(80)`. */
  readonly sql: string;
  /** pg_type.typname of the type itself, for example `int4`, `_float4`, `numeric`. */
  readonly name: string;
  readonly schema: string;
  readonly oid: number;
  readonly kind: 'base' | 'array' | 'enum' | 'domain' | 'composite' | 'range' | 'multirange' | 'pseudo';
  /** Element type's typname for arrays, base type's typname for domains, else null. */
  readonly of: string | null;
  /** Length of varchar/char/bit, precision of numeric, else null. */
  readonly length: number | null;
  /** Scale of numeric(p,s), fractional digits of time types, else null. */
  readonly scale: number | null;
  readonly collation: string | null;
  /** Of a domain: the type under it, followed to the end. */
  readonly base?: TypeUnder;
  /** Of an array, or a domain over one: what its items are, domains followed to the end. */
  readonly element?: TypeUnder;
  /** Its JSON form would refuse or lose something, because json or a type of an extension stands inside it. */
  readonly textOnly?: boolean;
}

export interface TypeUnder {
  readonly schema: string;
  readonly name: string;
  readonly kind: ColumnType['kind'];
  /** As `format_type` prints it, with its modifier. */
  readonly sql: string;
}

/** What one bounded sample says of a column. Values are never kept, except for low-cardinality codes. */
export interface ColumnProfile {
  readonly sampledRows: number;
  readonly nullRate: number;
  readonly distinct: number;
  readonly distinctIsExact: boolean;
  /** Smallest and largest as PostgreSQL text; only for numbers, dates and times. */
  readonly min: string | null;
  readonly max: string | null;
  /** In characters; beyond 8 000 bytes in bytes, because counting characters would read the whole value. */
  readonly maxLength: number | null;
  /** Characters of text, digits after the point of numeric: 90 and 99 of 100 values are no larger. */
  readonly usualSize?: { readonly p90: number; readonly p99: number } | null;
  /** Share of non-null sampled values that match, 0..1; absent patterns are 0. */
  readonly patterns: Readonly<Partial<Record<Pattern, number>>>;
  /** Every value seen with its count, when there are at most 40 and the column looks like a code. */
  readonly codes: readonly { readonly value: string; readonly count: number }[] | null;
  readonly personal: PersonalData | null;
}

export type Pattern =
  | 'email'
  | 'phone'
  | 'money'
  | 'json'
  | 'url'
  | 'date'
  | 'uuid'
  | 'boolean-word'
  | 'number'
  | 'base64'
  | 'name'
  | 'address'
  | 'national-id'
  | 'iban'
  | 'card'
  | 'ip'
  | 'blank';

export interface PersonalData {
  readonly kind:
    | 'name'
    | 'email'
    | 'phone'
    | 'address'
    | 'birth-date'
    | 'national-id'
    | 'bank'
    | 'online'
    | 'free-text'
    | 'secret'
    | 'other';
  readonly confidence: number;
}

export interface KeyConstraint {
  readonly name: string;
  readonly columns: readonly string[];
  readonly deferrable?: boolean;
  /** From 15: two rows without a value count as equal. */
  readonly nullsNotDistinct?: boolean;
  /** From 18: the last column is a span of time, and only spans that do not overlap may share the rest. */
  readonly withoutOverlaps?: boolean;
}

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: TableName & { readonly columns: readonly string[] };
  readonly onDelete: 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';
  readonly onUpdate?: ForeignKey['onDelete'];
  /** `full`: its columns are empty together or not at all. */
  readonly match?: 'simple' | 'full' | 'partial';
  readonly deferrable?: 'initially immediate' | 'initially deferred';
  /** Columns that `on delete set null` (or default) empties, where these are not all (from 15). */
  readonly onDeleteColumns?: readonly string[];
  /** False from 18 where the server does not watch over it. */
  readonly enforced?: boolean;
  /** From 18: the last column is a span of time that the parent's must cover, so it names no one row. */
  readonly period?: boolean;
  readonly validated: boolean;
}

export interface CheckConstraint {
  readonly name: string;
  /** As pg_get_constraintdef prints it. */
  readonly definition: string;
  /** Columns it reads. */
  readonly columns?: readonly string[];
  /** False where old rows may not meet it. */
  readonly validated?: boolean;
  /** False from 18 where the server does not watch over it. */
  readonly enforced?: boolean;
}

export interface Index {
  readonly name: string;
  /** Null where the index is over an expression. */
  readonly columns: readonly string[] | null;
  readonly unique: boolean;
  readonly partial: boolean;
  readonly definition: string;
  /** btree, hash, gin, gist, … */
  readonly method?: string;
  /** False where building it failed: it promises nothing, so `unique` is false too. */
  readonly valid?: boolean;
  readonly nullsNotDistinct?: boolean;
}

export interface EnumType extends TableName {
  readonly labels: readonly string[];
}

export interface DomainType extends TableName {
  readonly baseType: string;
  readonly notNull: boolean;
  readonly checks: readonly string[];
}

export type InferredReference =
  | {
      readonly kind: 'foreign-key';
      readonly table: TableName;
      readonly column: string;
      readonly references: TableName & { readonly column: string };
      /** Other parents that name and values make nearly as likely. */
      readonly alternatives?: readonly (TableName & { readonly column: string })[];
      readonly confidence: number;
      readonly reason: string;
    }
  | {
      readonly kind: 'generic';
      readonly table: TableName;
      readonly typeColumn: string;
      readonly idColumn: string;
      /** Value of the type column (as text) → table it stands for. */
      readonly targets: readonly { readonly type: string; readonly table: TableName }[];
      /** Values of the type column for which no table was found, with what the old software calls them. */
      readonly unresolved?: readonly { readonly type: string; readonly label: string }[];
      /** Ids, of those looked at, that are no key of the table their type stands for; absent: none seen. */
      readonly dangling?: number;
      readonly confidence: number;
      readonly reason: string;
    };
