/**
 * All columns of one entity. Promise: every source column ends in a target column, in metadata, or in `leftOut` with a
 * reason; nothing is dropped silently.
 *
 * `id` is made from the key; `legacy_id` is the key itself. For a key of several columns, or none, `legacy_id` has no
 * `from`: a `copy` without a source column means “the row's key as text”, which source-key.ts defines.
 */

import type { EntityReference } from '../plan/entity-references.ts';
import { isPassword } from '../plan/passwords.ts';
import type { PlanColumn, PlanEntity } from '../plan/plan-file.ts';
import type { Column } from '../schema/catalog.ts';
import { displayName } from '../schema/table-key.ts';
import { singularOf } from '../schema/words.ts';
import { isUnexplainedCode } from './suggest-choices.ts';
import { type SuggestContext, suggestColumn } from './suggest-column.ts';
import { type ColumnNames, createColumnNames, plainColumnName, referenceName } from './suggest-names.ts';
import { suggestType } from './suggest-type.ts';
import { CREATED, OWN_COLUMNS, UPDATED } from './suggest-words.ts';

export interface EntityColumns {
  readonly columns: PlanColumn[];
  readonly leftOut: PlanEntity['leftOut'];
  /** Target columns whose reference waits for the second pass. */
  readonly deferred: string[];
  /** Target column → the only words it may hold. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
  readonly notes: string[];
}

/** A table holds at most 1 600 columns; what is beyond this many goes to metadata. */
const MOST_COLUMNS = 1500;

export function suggestEntityColumns(context: SuggestContext): EntityColumns {
  return new EntitySuggestion(context).suggest();
}

class EntitySuggestion {
  private readonly context: SuggestContext;
  private readonly names: ColumnNames;
  private readonly columns: PlanColumn[] = [];
  private readonly leftOut: PlanEntity['leftOut'] = [];
  private readonly inMetadata: string[] = [];
  private readonly deferred: string[] = [];
  private readonly labels = new Map<string, readonly string[]>();
  private readonly notes: string[] = [];
  private readonly created: string | undefined;
  private readonly updated: string | undefined;

  constructor(context: SuggestContext) {
    this.context = context;
    const { table } = context.entity;
    this.created = momentColumn(table.columns, CREATED);
    this.updated = momentColumn(table.columns, UPDATED);
    // Without a source the target makes these two itself, so no other column may take the names.
    const moments = [this.created ? 'created_at' : null, this.updated ? 'updated_at' : null].filter(
      (name) => name !== null,
    );
    const homonyms = ['created_at', 'updated_at'].filter((name) =>
      table.columns.some((column) => column.name === name),
    );
    this.names = createColumnNames([
      ...OWN_COLUMNS,
      ...['created_at', 'updated_at'].filter((name) => !moments.includes(name) && !homonyms.includes(name)),
      ...moments,
    ]);
  }

  suggest(): EntityColumns {
    const { entity } = this.context;
    const isSingle = ({ match }: EntityReference) => (match?.columns.length ?? 1) === 1;
    const references = new Map(
      entity.references.filter(isSingle).map((reference) => [reference.column, reference]),
    );
    const typeColumns = new Map(
      entity.references.flatMap((r) => (r.generic ? [[r.generic.typeColumn, r] as const] : [])),
    );
    this.identity();
    for (const column of entity.table.columns) {
      const typed = typeColumns.get(column.name);
      const reference = references.get(column.name);
      if (isPassword(column.name)) this.leaveOutPassword(column);
      else if (typed) this.typeColumn(column, typed);
      else if (reference) this.reference(column, reference);
      else if (!this.isKey(column)) this.value(column);
    }
    for (const reference of entity.references) if (!isSingle(reference)) this.severalColumns(reference);
    const metadata = this.metadata();
    this.note();
    return {
      columns: [...this.columns, metadata],
      leftOut: this.leftOut,
      deferred: this.deferred,
      labels: this.labels,
      notes: this.notes,
    };
  }

  private isKey(column: Column): boolean {
    const { columns } = this.context.entity.key;
    return columns.length === 1 && columns[0] === column.name;
  }

  private identity(): void {
    const { key, table } = this.context.entity;
    const single =
      key.columns.length === 1 ? table.columns.find((column) => column.name === key.columns[0]) : undefined;
    this.columns.push({
      to: 'id',
      type: 'uuid',
      nullable: false,
      transform: { kind: 'uuid' },
      onMisfit: 'quarantine',
      confidence: 1,
      reason: 'the new key, made from the old one, the same each time',
    });
    this.columns.push({
      to: 'legacy_id',
      type: single ? this.keyType(single) : 'text',
      nullable: false,
      ...(single ? { from: single.name } : {}),
      transform: single && this.keyType(single) !== single.type.sql ? { kind: 'cast' } : { kind: 'copy' },
      onMisfit: 'quarantine',
      confidence: 1,
      reason: single
        ? 'the old key, for the way back'
        : key.kind === 'composite'
          ? 'the parts of the old key as one text'
          : 'no key in the old system: known by content',
    });
  }

  private keyType(column: Column): string {
    const suggestion = suggestType(column, this.context.catalog, this.context.timeZone);
    if (suggestion.kind === 'metadata') return 'text';
    // The key stays what it was: a moment as a key is compared by its own text, without a zone, and so is a value made of
    // parts. Only an oid, whose text is its number, may take another type.
    const same = suggestion.transform.kind === 'copy' || suggestion.type === 'bigint';
    return same ? suggestion.type : 'text';
  }

  private reference(column: Column, reference: EntityReference): void {
    this.addReference(reference, this.names.take(referenceName(column.name)), column.name);
  }

  /** The old values keep their columns: they may be part of the key, or of another reference. */
  private severalColumns(reference: EntityReference): void {
    const words = reference.entities[0]!.split('_');
    const one = [...words.slice(0, -1), singularOf(words.at(-1)!)].join('_');
    const repeats = reference.entities[0] === this.context.entity.name ? `parent_${one}` : one;
    this.addReference(reference, this.names.take(referenceName(repeats)), reference.match!.columns[0]!);
  }

  private addReference(reference: EntityReference, to: string, from: string): void {
    const { generic, match } = reference;
    // Nothing in the old system kept such a pair right: a row whose pair leads nowhere is worth more than its link.
    const nullable = reference.nullable || (generic !== null && leadsNowhere(generic));
    const onMissing = nullable ? 'null' : 'quarantine';
    const deferred = this.context.entity.deferred.includes(reference.column);
    if (deferred) this.deferred.push(to);
    const several = match && match.columns.length > 1 ? ` by ${match.columns.join(', ')}` : '';
    const reason = `${reference.reason}${several}${deferred ? '; settled in a second pass' : ''}`;
    this.columns.push({
      to,
      type: 'uuid',
      nullable,
      from,
      transform: generic
        ? {
            kind: 'polymorphic',
            typeColumn: generic.typeColumn,
            entities: { ...generic.entities },
            onMissing,
          }
        : { kind: 'reference', entity: reference.entities[0]!, onMissing, ...(match ? { match } : {}) },
      onMisfit: 'quarantine',
      confidence: reference.confidence,
      reason,
    });
  }

  /** The content type number of a generic relation becomes the entity's name. */
  private typeColumn(column: Column, reference: EntityReference): void {
    const generic = reference.generic!;
    const to = this.names.take(plainColumnName(column.name).replace(/content_type_id$/, 'object_type'));
    const map = { ...generic.others, ...generic.entities };
    this.labels.set(to, [...new Set(Object.values(map))]);
    this.columns.push({
      to,
      type: 'text',
      nullable: column.nullable,
      from: column.name,
      transform: { kind: 'choice', map, unknown: 'quarantine' },
      onMisfit: 'quarantine',
      confidence: reference.confidence,
      reason: `says which kind of record ${reference.column} points at`,
    });
  }

  private leaveOutPassword(column: Column): void {
    this.leftOut.push({
      column: column.name,
      reason: 'password hashes move with the Supabase users step (a later step), never into a public table',
    });
  }

  private value(column: Column): void {
    const suggestion = this.columns.length < MOST_COLUMNS ? suggestColumn(column, this.context) : null;
    if (!suggestion) {
      this.inMetadata.push(column.name);
      return;
    }
    const to =
      column.name === this.created
        ? 'created_at'
        : column.name === this.updated
          ? 'updated_at'
          : this.names.take(plainColumnName(column.name));
    if (suggestion.labels && suggestion.labels.length > 0) this.labels.set(to, suggestion.labels);
    const kept = this.context.entity.notCarried.find((item) => item.column === column.name);
    const { reason, confidence, ...rest } = suggestion.column;
    this.columns.push({
      to,
      from: column.name,
      ...rest,
      confidence: kept ? Math.min(confidence, 0.7) : confidence,
      reason: kept?.reason ?? reason,
    });
    if (isUnexplainedCode(column) && !suggestion.labels) {
      this.notes.push(`${column.name} looks like a code that nobody explained; its numbers are kept.`);
    }
  }

  private metadata(): PlanColumn {
    const count = this.inMetadata.length;
    return {
      to: 'metadata',
      type: 'jsonb',
      nullable: false,
      transform: { kind: 'metadata', columns: this.inMetadata },
      onMisfit: 'quarantine',
      default: '{}',
      confidence: 1,
      reason:
        count === 0
          ? 'what was repaired on the way'
          : `what was repaired on the way, and ${count} columns without one of their own`,
    };
  }

  private note(): void {
    const { entity } = this.context;
    if (entity.table.kind === 'table' && entity.table.parent) {
      const { parent } = entity.table;
      this.notes.push(
        `It inherits from ${displayName(parent)}, whose queries saw these rows too; each row moves once, with its own table.`,
      );
    }
    this.notes.push(...entity.table.difficulty.reasons.map((reason) => `It ${reason}.`));
    for (const { column, reason } of entity.notCarried) this.notes.push(`${column} ${reason}.`);
    this.notes.push(
      ...(entity.table.notes ?? []).map((note) => `Analysis could not tell everything: ${note}.`),
    );
  }
}

/** Whether some of its rows name what is not there, or not moved. */
export function leadsNowhere({ others, dangling }: NonNullable<EntityReference['generic']>): boolean {
  return dangling > 0 || Object.keys(others).length > 0;
}

/** The first timestamp of these names. */
function momentColumn(columns: readonly Column[], names: readonly string[]): string | undefined {
  return names.find((name) =>
    columns.some((column) => column.name === name && ['timestamp', 'timestamptz'].includes(column.type.name)),
  );
}
