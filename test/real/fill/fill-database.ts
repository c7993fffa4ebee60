/**
 * Fills every empty table of a database with made-up rows that hold: foreign keys (rings, several columns, to oneself),
 * unique keys, checks, domains, enumerations, partitions, generic relations of Django and Rails. The same seed gives the
 * same rows.
 *
 * Parents are filled before children. A reference into a table that is not filled yet (a ring) stays empty and is set
 * in a second pass; one that must not be empty points at a row that will get that key. What the server refuses is tried
 * again with other values, some of them empty; a row that never fits is given up, and a table without any is told.
 */
import pg from 'pg';
import { contentTypesOf, findGeneric, type GenericColumns } from './generic.ts';
import { inOrder } from './order.ts';
import { createRowMaker, type Row, type RowMaker } from './row-maker.ts';
import { readShape, type Shape, type ShapeTable } from './shape.ts';

export interface Filled {
  readonly filled: number;
  readonly refused: readonly { readonly table: string; readonly reason: string }[];
}

const ATTEMPTS = 12;

export async function fillDatabase(
  url: string,
  { rows, seed }: { readonly rows: number; readonly seed: number },
): Promise<Filled> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      "set session_replication_role = replica; set timezone = 'UTC'; set client_min_messages = error",
    );
    const shape = await readShape(client);
    const generic = findGeneric(shape, await contentTypesOf(client, shape));
    return await new Filling(client, shape, generic, { rows, seed }).run();
  } finally {
    await client.end();
  }
}

class Filling {
  private readonly client: pg.Client;
  private readonly shape: Shape;
  private readonly count: number;
  private readonly maker: RowMaker;
  private readonly refused: { table: string; reason: string }[] = [];
  /** Rows of each table: those that were there (as far as keys are concerned), or those just made. */
  private readonly rows = new Map<string, Row[]>();
  private filled = 0;

  constructor(
    client: pg.Client,
    shape: Shape,
    generic: ReadonlyMap<string, readonly GenericColumns[]>,
    { rows: count, seed }: { readonly rows: number; readonly seed: number },
  ) {
    this.client = client;
    this.shape = shape;
    this.count = count;
    this.maker = createRowMaker(shape, { rows: this.rows, generic, count, seed });
  }

  async run(): Promise<Filled> {
    const made: ShapeTable[] = [];
    const order = inOrder(this.shape.tables);
    for (const table of order) {
      const { rows } = await this.client.query<Row>(
        `select * from (select ${textColumns(table)} from ${nameOf(table)} limit 1000) t`,
      );
      if (rows.length > 0) this.rows.set(table.id, rows);
    }
    for (const table of order) {
      if (this.rows.has(table.id)) continue;
      await this.fillTable(table);
      made.push(table);
    }
    await this.closeRings(made);
    await this.dropOrphans(made);
    await this.moveSequences();
    return { filled: this.filled, refused: this.refused };
  }

  private async fillTable(table: ShapeTable): Promise<void> {
    const kept: Row[] = [];
    this.rows.set(table.id, kept);
    let reason = 'no row could be made';
    for (let number = 1; number <= this.count; number++) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const row = this.maker.make(table, number, attempt);
        if (!row) continue;
        const refusal = await this.insert(table, row);
        if (refusal === null) {
          kept.push(row);
          break;
        }
        reason = refusal;
      }
      // What failed for the first rows fails for all of them.
      if (number === 3 && kept.length === 0) break;
    }
    this.filled += kept.length;
    if (kept.length === 0) this.refused.push({ table: nameOf(table), reason });
  }

  private async insert(table: ShapeTable, row: Row): Promise<string | null> {
    const columns = Object.keys(row);
    const text =
      columns.length === 0
        ? `insert into ${nameOf(table)} default values`
        : `insert into ${nameOf(table)} (${columns.map(quote).join(', ')}) overriding system value
           values (${columns.map((name) => literal(row[name]!)).join(', ')})`;
    return this.client.query(text).then(
      () => null,
      (error: unknown) => (error as Error).message,
    );
  }

  /** References that had to wait for their parents, and may stay empty where nothing fits. */
  private async closeRings(tables: readonly ShapeTable[]): Promise<void> {
    for (const table of tables)
      for (const [number, row] of this.rows.get(table.id)!.entries())
        for (const later of this.maker.later(table, row, number)) {
          const where = Object.entries(row).filter(([, value]) => value !== null && value.length < 200);
          const key = table.uniques.find(({ columns }) =>
            columns?.every((name) => row[name] != null),
          )?.columns;
          const same = (key ?? where.map(([name]) => name)).map(
            (name) => `${quote(name)}::text = ${literal(row[name]!)}`,
          );
          const set = Object.entries(later).map(([name, value]) => `${quote(name)} = ${literal(value)}`);
          if (same.length === 0) continue;
          await this.client
            .query(`update ${nameOf(table)} set ${set.join(', ')} where ${same.join(' and ')}`)
            .then(
              () => Object.assign(row, later),
              () => {},
            ); // a check or a key forbids it; it stays empty
        }
  }

  /** The last resort: a row that points at one that was given up goes, and those that point at it. */
  private async dropOrphans(tables: readonly ShapeTable[]): Promise<void> {
    for (let changed = true; changed; ) {
      changed = false;
      for (const table of tables)
        for (const { parent, columns, parentColumns } of table.references) {
          const other = this.shape.tables.find(({ id }) => id === parent);
          if (!other) continue;
          const match = columns
            .map((name, i) => `p.${quote(parentColumns[i]!)} = c.${quote(name)}`)
            .join(' and ');
          const full = columns.map((name) => `c.${quote(name)} is not null`).join(' and ');
          const { rowCount } = await this.client.query(
            `delete from ${nameOf(table)} c where ${full} and not exists (select from ${nameOf(other)} p where ${match})`,
          );
          this.filled -= rowCount ?? 0;
          changed ||= (rowCount ?? 0) > 0;
        }
    }
  }

  /** So that the old system could go on. */
  private async moveSequences(): Promise<void> {
    await this.client.query(`do $$ declare s record; begin
      for s in select d.objid::regclass as sequence, d.refobjid::regclass as owner, a.attname as name
                 from pg_depend d join pg_class c on c.oid = d.objid and c.relkind = 'S'
                 join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
                where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i') loop
        execute format('select setval(%L, greatest(1, coalesce(max(%I)::bigint, 1))) from %s', s.sequence, s.name, s.owner);
      end loop; end $$`);
    await this.client.query('analyze');
  }
}

function textColumns(table: ShapeTable): string {
  return table.columns.map(({ name }) => `${quote(name)}::text as ${quote(name)}`).join(', ');
}

function nameOf({ schema, name }: ShapeTable): string {
  return `${quote(schema)}.${quote(name)}`;
}

function quote(name: string): string {
  return pg.escapeIdentifier(name);
}

function literal(value: string | null): string {
  return value === null ? 'null' : pg.escapeLiteral(value);
}
