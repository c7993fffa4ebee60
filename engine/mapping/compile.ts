/**
 * Compiles one entity of the plan into a select list, a column list and lanes.
 *
 * Relies on a checked plan (plan/check): columns exist, references name entities. What only shows here – a reference
 * to an entity that this run does not know – is an error with the entity's and column's name.
 * Order of columns: computed ones first, metadata after them (it tells what they replaced), pass-through last in one
 * block, so that one memcpy moves it.
 */
import { MigrationError } from '../core/errors.ts';
import { codeName, codeOf, type PlannedCode } from '../plan/code-units.ts';
import type { PlanColumn, PlanEntity, Transform } from '../plan/plan-file.ts';
import { transformsOf } from '../plan/transforms.ts';
import type { Column, Table } from '../schema/catalog.ts';
import { answerEncoder } from './code/answer-encoder.ts';
import { codeUnit } from './code/code-unit.ts';
import type { CompiledCode, CompiledEntity } from './compiled-entity.ts';
import { type Encoder, encoderFor } from './encoders.ts';
import type { Lane } from './lane.ts';
import { blockLane, type Guard, lengthGuard, notNullGuard } from './lanes/block.ts';
import { integerChoiceLane } from './lanes/choice.ts';
import { type AnswerFields, codeLane } from './lanes/code.ts';
import { idLane, integerKeyReader, legacyKeyLane, textKeyReader } from './lanes/identity.ts';
import { metadataLane } from './lanes/metadata.ts';
import { rangeGuard } from './lanes/range.ts';
import {
  foundReferenceLane,
  integerReferenceLane,
  polymorphicLane,
  type ReferenceSpec,
  textReferenceLane,
} from './lanes/reference.ts';
import { valueLane, valueSpec } from './lanes/value.ts';
import type { ParentKeys } from './parent-keys.ts';
import { ownValueSql, type Parent, parentKeySql } from './parent-lookup.ts';
import { columnSql, lengthLimit, passThroughSql, rowTextsSql } from './pass-through.ts';
import { keyShape } from './source-key.ts';
import { parseSqlType, type SqlType } from './sql-type.ts';
import { type Step, stepOf } from './steps.ts';
import { IdMaker } from './uuid-v5.ts';

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
  /** Target column → legacy keys whose value an earlier row uses already. */
  readonly duplicates: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Placed {
  readonly column: PlanColumn;
  readonly target: SqlType;
  readonly source: Column | null;
}

const INTEGERS = new Set(['int2', 'int4', 'int8']);
const NO_DUPLICATES: ReadonlySet<string> = new Set();

export function compileEntity(input: CompileInput): CompiledEntity {
  const columns = input.entity.columns.map((column) => place(column, input.table));
  return new Compilation(input, columns, wireOf(columns, input.timeZone)).compile();
}

function place(column: PlanColumn, table: Table): Placed {
  const source = column.from === undefined ? null : table.columns.find((c) => c.name === column.from);
  if (source === undefined) {
    throw new MigrationError({
      code: 'PLAN_INVALID',
      message: `Column ${column.to} reads ${table.schema}.${table.name}.${column.from}, which does not exist.`,
      hint: 'Correct the column in the plan file, then check it with: towpath map',
    });
  }
  return { column, source, target: parseSqlType(column.type) };
}

/** One column without a binary form to write makes the whole row travel as text. */
function wireOf(columns: readonly Placed[], timeZone: string): 'binary' | 'text' {
  const binary = columns.every((placed) => {
    if (isStructural(transformsOf(placed.column)[0]!)) return true;
    return passThrough(placed, 'binary', timeZone) !== null || encoderFor(placed.target, 'binary') !== null;
  });
  return binary ? 'binary' : 'text';
}

function isStructural(transform: Transform): boolean {
  return ['uuid', 'reference', 'polymorphic', 'metadata'].includes(transform.kind);
}

/** SQL of a column that passes through, or null where the plan wants its value computed or replaced. */
function passThrough(
  { column, source, target }: Placed,
  wire: 'binary' | 'text',
  timeZone: string,
): string | null {
  if (source === null) return null;
  const [first, ...rest] = transformsOf(column);
  if (rest.length > 0 || !['copy', 'cast', 'time-zone'].includes(first!.kind)) return null;
  if (column.onMisfit !== 'quarantine' || (column.default !== undefined && !column.nullable)) return null;
  const zone = first!.kind === 'time-zone' ? first!.zone : timeZone;
  if (wire === 'text') return column.range ? null : `${columnSql(source.name)}::text`;
  const sql = passThroughSql(source.name, source.type, target, zone);
  if (sql === null || !column.range) return sql;
  return rangeGuard(0, column.to, target.name, column.range) ? sql : null;
}

class Compilation {
  private readonly select: string[] = [];
  private readonly lanes: Lane[] = [];
  private readonly laneColumns: string[] = [];
  private readonly written: PlanColumn[] = [];
  private readonly compare: ('bytes' | 'json')[] = [];
  private readonly input: CompileInput;
  private readonly columns: readonly Placed[];
  private readonly wire: 'binary' | 'text';
  private readonly planned: readonly PlannedCode[];
  /** Where the answers of code are, by target column; they stand before all fields of the select list. */
  private readonly answers = new Map<string, AnswerFields>();
  private readonly answerFields: number;

  constructor(input: CompileInput, columns: readonly Placed[], wire: 'binary' | 'text') {
    this.input = input;
    this.columns = columns;
    this.wire = wire;
    this.planned = codeOf(input.entity);
    let next = 0;
    for (const { writes } of this.planned) {
      const refusal = next++;
      for (const column of writes) this.answers.set(column, { refusal, value: next++ });
    }
    this.answerFields = next;
  }

  compile(): CompiledEntity {
    const { entity, table, namespace } = this.input;
    const key = keyShape(entity, table);
    const keyField = this.field(key.fieldSql);
    const passing: { placed: Placed; sql: string }[] = [];
    const metadata: Placed[] = [];
    for (const placed of this.columns) {
      const sql = passThrough(placed, this.wire, this.input.timeZone);
      if (sql !== null) passing.push({ placed, sql });
      else if (transformsOf(placed.column)[0]!.kind === 'metadata') metadata.push(placed);
      else this.add(placed, this.lane(placed));
    }
    for (const placed of metadata) this.add(placed, this.metadata(placed.column));
    const code = this.planned.map((one) => this.code(one));
    this.block(passing);
    return {
      plan: entity,
      wire: this.wire,
      select: this.select,
      code,
      fields: this.answerFields + this.select.length,
      from: key.from,
      sourceRow: rowTextsSql(table.columns.map((column) => column.name)),
      keyset: key.keyset,
      keyText: key.textSql,
      columns: this.written.map((column) => column.to),
      compare: this.compare,
      lanes: this.lanes,
      laneColumns: this.laneColumns,
      readKey: key.integer ? integerKeyReader(keyField) : textKeyReader(keyField),
      createIds: () => new IdMaker(namespace, entity.name),
    };
  }

  /** The field of a row as the lanes see it. */
  private field(sql: string): number {
    return this.answerFields + this.selected(sql);
  }

  private selected(sql: string): number {
    const known = this.select.indexOf(sql);
    return known >= 0 ? known : this.select.push(sql) - 1;
  }

  private add(placed: Placed, lane: Lane): void {
    this.lanes.push(lane);
    this.laneColumns.push(placed.column.to);
    this.written.push(placed.column);
    const computedJson =
      placed.target.name === 'jsonb' && transformsOf(placed.column)[0]!.kind !== 'metadata';
    this.compare.push(computedJson ? 'json' : 'bytes');
  }

  private lane(placed: Placed): Lane {
    const { column, source } = placed;
    const [first] = transformsOf(column);
    switch (first!.kind) {
      case 'uuid':
        return idLane(this.wire);
      case 'reference':
        return this.reference(column, source, first!);
      case 'polymorphic':
        return this.polymorphic(column, source, first!);
      case 'copy':
        if (source === null && column.to === 'legacy_id') return legacyKeyLane();
        return this.value(placed);
      case 'choice':
        if (this.isIntegerChoice(placed, first!)) {
          const field = this.field(columnSql(source!.name));
          return integerChoiceLane(field, { map: first!.map, nullable: column.nullable });
        }
        return this.value(placed);
      case 'code':
        return this.answer(placed);
      default:
        return this.value(placed);
    }
  }

  private isIntegerChoice(
    { column, source, target }: Placed,
    choice: Extract<Transform, { kind: 'choice' }>,
  ): boolean {
    const plain =
      transformsOf(column).length === 1 &&
      choice.unknown === 'quarantine' &&
      column.onMisfit === 'quarantine';
    const words = target.name === 'text' || target.name === 'varchar';
    return (
      plain &&
      words &&
      INTEGERS.has(source?.type.name ?? '') &&
      (column.nullable || column.default === undefined)
    );
  }

  private value({ column, source, target }: Placed): Lane {
    const field = source === null ? -1 : this.field(`${columnSql(source.name)}::text`);
    const context = {
      column: column.to,
      source: source?.name ?? column.to,
      duplicates: this.input.duplicates.get(column.to) ?? NO_DUPLICATES,
    };
    const list = transformsOf(column).map((transform): Step => {
      const step = stepOf(transform, context);
      if (!step) throw this.unsupported(column, `the transform ${transform.kind} cannot stand in a list`);
      return step;
    });
    const encode: Encoder | null = encoderFor(target, this.wire);
    if (!encode) throw this.unsupported(column, `no way to write ${target.sql}`);
    return valueLane(field, list, encode, valueSpec(column, context.source, target));
  }

  private answer({ column, target }: Placed): Lane {
    const fields = this.answers.get(column.to);
    if (!fields) throw this.unsupported(column, 'no code writes it');
    const encode = answerEncoder(this.input.entity, column.to, target, this.wire);
    if (!encode) throw this.unsupported(column, `no way to write ${target.sql}`);
    return codeLane(fields, encode, valueSpec(column, column.to, target));
  }

  private code(planned: PlannedCode): CompiledCode {
    const { entity, table } = this.input;
    const unit = codeUnit(entity, table, planned);
    const fields = unit.reads.map((name) => this.selected(`${columnSql(name)}::text`));
    return { unit, name: codeName(planned), fields };
  }

  private reference(
    column: PlanColumn,
    source: Column | null,
    spec: Extract<Transform, { kind: 'reference' }>,
  ): Lane {
    if (!source) throw this.unsupported(column, 'a reference needs a source column');
    const parent = this.parent(column, spec.entity);
    const named = spec.match ? spec.match.columns.join(', ') : source.name;
    const reference = this.referenceSpec(column, named, spec.onMissing);
    if (spec.match) {
      const own = this.field(ownValueSql(spec.match));
      const key = this.field(parentKeySql(spec.match, this.input.parentOf(spec.entity)));
      return foundReferenceLane(own, key, parent, reference);
    }
    if (parent.kind === 'integer' && INTEGERS.has(source.type.name)) {
      return integerReferenceLane(this.field(columnSql(source.name)), parent, reference);
    }
    return textReferenceLane(this.field(`${columnSql(source.name)}::text`), parent, reference);
  }

  private polymorphic(
    column: PlanColumn,
    source: Column | null,
    spec: Extract<Transform, { kind: 'polymorphic' }>,
  ): Lane {
    if (!source) throw this.unsupported(column, 'a reference needs a source column');
    const parents = new Map(
      Object.entries(spec.entities).map(([type, entity]) => [type, this.parent(column, entity)]),
    );
    const typeField = this.field(`${columnSql(spec.typeColumn)}::text`);
    const keyField = this.field(`${columnSql(source.name)}::text`);
    return polymorphicLane(
      typeField,
      keyField,
      parents,
      this.referenceSpec(column, source.name, spec.onMissing),
    );
  }

  private referenceSpec(column: PlanColumn, source: string, onMissing: 'quarantine' | 'null'): ReferenceSpec {
    const deferred = this.input.entity.deferred.includes(column.to);
    return { column: column.to, source, nullable: column.nullable, onMissing, deferred, wire: this.wire };
  }

  private parent(column: PlanColumn, entity: string): ParentKeys {
    const parent = this.input.parents.get(entity);
    if (!parent) throw this.unsupported(column, `the entity ${entity} it points to is not part of this run`);
    return parent;
  }

  private metadata(column: PlanColumn): Lane {
    const transform = transformsOf(column)[0] as Extract<Transform, { kind: 'metadata' }>;
    const fields = transform.columns.map((name) => ({
      name,
      field: this.field(`to_jsonb(${columnSql(name)}${this.holdsJson(name) ? '::text' : ''})::text`),
    }));
    return metadataLane(fields, this.wire);
  }

  /** json may hold what jsonb refuses and repeats that it drops, so its text is kept. */
  private holdsJson(name: string): boolean {
    const type = this.input.table.columns.find((column) => column.name === name)?.type;
    return type !== undefined && [type.name, type.of].some((item) => item === 'json' || item === '_json');
  }

  /** The block's fields must stand side by side in the select list, so they are never shared with other lanes. */
  private block(passing: readonly { placed: Placed; sql: string }[]): void {
    if (passing.length === 0) return;
    const guards: Guard[] = [];
    const first = this.answerFields + this.select.length;
    for (const { placed, sql } of passing) {
      const field = this.answerFields + this.select.push(sql) - 1;
      guards.push(...this.guards(placed, field));
      this.written.push(placed.column);
      this.compare.push('bytes');
    }
    this.lanes.push(blockLane(first, this.answerFields + this.select.length - 1, guards));
    this.laneColumns.push('');
  }

  private guards({ column, source, target }: Placed, field: number): Guard[] {
    const guards: Guard[] = [];
    if (!column.nullable && source!.nullable) guards.push(notNullGuard(field, column.to));
    const limit = lengthLimit(source!.type, target);
    if (limit !== null) guards.push(lengthGuard(field, column.to, limit));
    if (column.range) guards.push(rangeGuard(field, column.to, target.name, column.range)!);
    return guards;
  }

  private unsupported(column: PlanColumn, why: string): MigrationError {
    return new MigrationError({
      code: 'PLAN_INVALID',
      message: `Entity ${this.input.entity.name}, column ${column.to}: ${why}.`,
      hint: 'Change the column in the plan file, then check it with: towpath map',
    });
  }
}
