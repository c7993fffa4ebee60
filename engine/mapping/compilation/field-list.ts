/** How values stand in the mapped row; see compiled-entity.ts. */
export type Wire = 'binary' | 'text';

/**
 * The source's select list while an entity is compiled. Lanes see the answers of code first and the list behind them, so a
 * field's number is its place in the list moved by that many.
 */
export class FieldList {
  readonly select: string[] = [];
  /** Fields of the answers of code. */
  readonly before: number;

  constructor(before: number) {
    this.before = before;
  }

  /** The field of a row as the lanes see it; the same SQL is read once. */
  field(sql: string): number {
    return this.before + this.selected(sql);
  }

  /** The place in the select list. */
  selected(sql: string): number {
    const known = this.select.indexOf(sql);
    return known >= 0 ? known : this.select.push(sql) - 1;
  }

  /** A field of its own even where the SQL is read already, for those that must stand side by side. */
  another(sql: string): number {
    return this.before + this.select.push(sql) - 1;
  }

  /** All fields, answers included. */
  get count(): number {
    return this.before + this.select.length;
  }
}
