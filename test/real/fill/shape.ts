/** Tables and types of a database, as the row generator sees them. */
import type pg from 'pg';
import { tablesSql, typesSql } from './shape.sql.ts';

export interface ShapeColumn {
  readonly name: string;
  readonly type: string;
  readonly modifier: number;
  readonly required: boolean;
  readonly generated: boolean;
}

export interface ShapeReference {
  readonly parent: string;
  readonly columns: readonly string[];
  readonly parentColumns: readonly string[];
}

export interface ShapeTable {
  readonly id: string;
  readonly schema: string;
  readonly name: string;
  readonly kind: 'r' | 'p';
  readonly columns: readonly ShapeColumn[];
  readonly checks: readonly { readonly definition: string }[];
  /** Columns null: over an expression, or for some rows only. */
  readonly uniques: readonly { readonly definition: string; readonly columns: readonly string[] | null }[];
  readonly references: readonly ShapeReference[];
  readonly partitionKey: string | null;
  readonly bounds: readonly string[] | null;
}

export interface ShapeType {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly array: boolean;
  readonly element: string;
  readonly base: string;
  readonly modifier: number;
  readonly required: boolean;
  readonly bound: string | null;
  readonly labels: readonly string[] | null;
  readonly checks: readonly string[] | null;
  readonly fields: readonly Pick<ShapeColumn, 'name' | 'type' | 'modifier'>[] | null;
}

export interface Shape {
  readonly tables: readonly ShapeTable[];
  readonly types: ReadonlyMap<string, ShapeType>;
}

export async function readShape(client: pg.Client): Promise<Shape> {
  const tables = await client.query<ShapeTable>(tablesSql);
  const types = await client.query<ShapeType>(typesSql);
  return { tables: tables.rows, types: new Map(types.rows.map((type) => [type.id, type])) };
}
