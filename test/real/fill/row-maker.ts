/** One row of one table, from its number and the rows that its parents have. */
import type { GenericColumns } from './generic.ts';
import { type Limits, limitsOf } from './limits.ts';
import { partitionValues } from './partitions.ts';
import { createRandom, pick, type Random } from './random.ts';
import type { Shape, ShapeColumn, ShapeReference, ShapeTable } from './shape.ts';
import { makeValue } from './values.ts';

/** Column → text. */
export type Row = Record<string, string | null>;

export interface RowMaker {
  /** Null where no parents fit; other values for each attempt, more of them empty. */
  make(table: ShapeTable, number: number, attempt: number): Row | null;
  /** Values of references that had no parents yet when the row was made. */
  later(table: ShapeTable, row: Row, number: number): Row[];
}

interface Surroundings {
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  readonly generic: ReadonlyMap<string, readonly GenericColumns[]>;
  readonly count: number;
  readonly seed: number;
}

const SOMETIMES = 0.12;

export function createRowMaker(shape: Shape, around: Surroundings): RowMaker {
  return new Maker(shape, around);
}

class Maker implements RowMaker {
  private readonly shape: Shape;
  private readonly around: Surroundings;
  private readonly tables: ReadonlyMap<string, ShapeTable>;
  private readonly limits = new Map<ShapeColumn, Limits>();

  constructor(shape: Shape, around: Surroundings) {
    this.shape = shape;
    this.around = around;
    this.tables = new Map(shape.tables.map((table) => [table.id, table]));
  }

  make(table: ShapeTable, number: number, attempt: number): Row | null {
    const random = createRandom(this.around.seed, table.schema, table.name, number, attempt);
    const row: Row = {};
    Object.assign(row, this.partition(table, number, random));
    for (const generic of this.around.generic.get(table.id) ?? []) this.point(generic, table, row, random);
    const bySize = [...table.references].sort((a, b) => b.columns.length - a.columns.length);
    for (const reference of bySize)
      if (!this.refer(reference, table, row, number, attempt, random)) return null;
    for (const column of table.columns) {
      if (column.name in row || column.generated) continue;
      row[column.name] = this.value(column, table, number, attempt);
    }
    this.countNulls(table, row, random);
    return Object.fromEntries(table.columns.filter((c) => c.name in row).map((c) => [c.name, row[c.name]!]));
  }

  private partition(table: ShapeTable, number: number, random: Random): Row {
    if (table.kind !== 'p') return {};
    return partitionValues(table.partitionKey!, table.bounds!, number, random);
  }

  private point(generic: GenericColumns, table: ShapeTable, row: Row, random: Random): void {
    const ready = generic.targets.filter(({ table: id }) => (this.around.rows.get(id)?.length ?? 0) > 0);
    const columns = [generic.type, generic.id].map(
      (name) => table.columns.find((column) => column.name === name)!,
    );
    const given = row[generic.type];
    const fits = given == null ? ready : ready.filter(({ says }) => says === given);
    const none = columns.every(({ required }) => !required) && random() < SOMETIMES;
    if (fits.length === 0 || (none && given == null)) {
      for (const { name, required } of columns) if (!required && !(name in row)) row[name] = null;
      return;
    }
    const target = pick(random, fits);
    row[generic.type] = target.says;
    row[generic.id] = pick(random, this.around.rows.get(target.table)!)[target.key]!;
  }

  /** False where the columns must be filled and nothing fits. */
  private refer(
    reference: ShapeReference,
    table: ShapeTable,
    row: Row,
    number: number,
    attempt: number,
    random: Random,
  ): boolean {
    const { columns, parentColumns, parent } = reference;
    const optional = columns.filter((name) => !this.isRequired(table, name) && !(name in row));
    if (optional.length > 0 && random() < (attempt > 4 ? 0.5 : SOMETIMES)) return empty(row, optional);
    const known = columns.every((name) => name in row);
    if (known && columns.some((name) => row[name] === null)) return true;
    const fits = this.parents(reference, table).filter((other) =>
      columns.every((name, i) => !(name in row) || row[name] === other[parentColumns[i]!]),
    );
    if (fits.length > 0) {
      const chosen = attempt === 0 && number <= fits.length ? fits[number - 1]! : pick(random, fits);
      columns.forEach((name, i) => {
        row[name] = chosen[parentColumns[i]!]!;
      });
      return true;
    }
    if (optional.length > 0) return empty(row, optional);
    if (known && parent !== table.id) return true; // a number of a generic relation's type, for one
    return this.foresee(reference, table, row, number, attempt);
  }

  private parents({ parent, parentColumns }: ShapeReference, _table: ShapeTable): readonly Row[] {
    const rows = this.around.rows.get(parent) ?? [];
    return rows.filter((row) => parentColumns.every((name) => row[name] != null));
  }

  /** A parent that will be made later (a ring), or this very row: its key is what `value` says for its number. */
  private foresee(
    { parent, columns, parentColumns }: ShapeReference,
    table: ShapeTable,
    row: Row,
    number: number,
    attempt: number,
  ): boolean {
    const other = this.tables.get(parent);
    if (!other || (other.id !== table.id && (this.around.rows.get(parent)?.length ?? 0) > 0)) return false;
    const own = parentColumns.every(
      (name) => !other.references.some((r) => r.columns.includes(name) && r.parent !== table.id),
    );
    if (!own) return false;
    columns.forEach((name, i) => {
      const column = other.columns.find((item) => item.name === parentColumns[i])!;
      const itself = other.id === table.id && column.name in row ? row[column.name]! : undefined;
      row[name] = itself ?? this.value(column, other, number, attempt);
    });
    return true;
  }

  later(table: ShapeTable, row: Row, number: number): Row[] {
    const random = createRandom(this.around.seed, 'later', table.schema, table.name, number);
    return table.references.flatMap((reference) => {
      const free = reference.columns.filter((name) => row[name] === null);
      if (free.length === 0 || random() < SOMETIMES) return [];
      const fits = this.parents(reference, table).filter((other) =>
        reference.columns.every(
          (name, i) => row[name] === null || row[name] === other[reference.parentColumns[i]!],
        ),
      );
      if (fits.length === 0) return [];
      const chosen = pick(random, fits);
      return [
        Object.fromEntries(reference.columns.map((name, i) => [name, chosen[reference.parentColumns[i]!]!])),
      ];
    });
  }

  private value(column: ShapeColumn, table: ShapeTable, number: number, attempt: number): string | null {
    const unique = table.uniques.some(
      ({ columns, definition }) => columns?.includes(column.name) ?? definition.includes(column.name),
    );
    const key = table.uniques.some(({ columns }) => columns?.includes(column.name));
    // What a child may have foreseen must not change with the attempt.
    const random = createRandom(
      this.around.seed,
      table.schema,
      table.name,
      column.name,
      number,
      key ? 0 : attempt,
    );
    const limits = this.limitsOf(column, table);
    const mayBeEmpty = !this.isRequired(table, column.name) && !limits.required;
    if (mayBeEmpty && random() < (attempt > 2 && !key ? 0.5 : SOMETIMES)) return null;
    return makeValue({ ...column, limits, row: number, unique, random }, this.shape.types);
  }

  private isRequired(table: ShapeTable, name: string): boolean {
    const column = table.columns.find((item) => item.name === name)!;
    return (
      column.required ||
      (this.shape.types.get(column.type)?.required ?? false) ||
      (this.limitsOf(column, table).required ?? false)
    );
  }

  private limitsOf(column: ShapeColumn, table: ShapeTable): Limits {
    const known = this.limits.get(column);
    if (known) return known;
    const limits = limitsOf(
      table.checks.map(({ definition }) => definition),
      column.name,
    );
    this.limits.set(column, limits);
    return limits;
  }

  /** `num_nonnulls(a, b, c) = 1` is too rare to be met by chance. */
  private countNulls(table: ShapeTable, row: Row, random: Random): void {
    for (const { definition } of table.checks) {
      const [, list, wanted] = /num_nonnulls\(([^)]*)\) = (\d+)/.exec(definition) ?? [];
      if (list === undefined) continue;
      const names = list.split(', ').map((name) => name.replaceAll('"', ''));
      const filled = names.filter((name) => row[name] != null);
      while (filled.length > Number(wanted)) {
        const [name] = filled.splice(Math.floor(random() * filled.length), 1);
        row[name!] = null;
      }
    }
  }
}

function empty(row: Row, columns: readonly string[]): true {
  for (const name of columns) row[name] = null;
  return true;
}
