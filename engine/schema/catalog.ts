/**
 * The Catalog: what analysis found out about one PostgreSQL database, as plain JSON.
 * It is stored as an artifact, fingerprinted, and the only thing planning reads.
 * Everything that a later introspection adds goes here as a further field, never beside it.
 */

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
}

export interface ServerFacts {
  readonly database: string;
  /** As `server_version_num`, for example 150018. */
  readonly versionNum: number;
  readonly encoding: string;
  readonly timeZone: string;
}

export interface TableName {
  readonly schema: string;
  readonly name: string;
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
  /** For a partition or an inheriting table: its parent. */
  readonly parent?: TableName | null;
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
  readonly generated: boolean;
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
  | 'blank';

export interface PersonalData {
  readonly kind: 'name' | 'email' | 'phone' | 'address' | 'birth-date' | 'free-text' | 'secret' | 'other';
  readonly confidence: number;
}

export interface KeyConstraint {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: TableName & { readonly columns: readonly string[] };
  readonly onDelete: 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';
  readonly validated: boolean;
}

export interface CheckConstraint {
  readonly name: string;
  /** As pg_get_constraintdef prints it. */
  readonly definition: string;
  /** Columns it reads. */
  readonly columns?: readonly string[];
}

export interface Index {
  readonly name: string;
  /** Null where the index is over an expression. */
  readonly columns: readonly string[] | null;
  readonly unique: boolean;
  readonly partial: boolean;
  readonly definition: string;
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
      readonly confidence: number;
      readonly reason: string;
    };
