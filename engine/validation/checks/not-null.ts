/** Columns that the plan says are never empty. The server's own rule proves it; without one the nulls are counted. */
import type { Finding } from '../../core/findings.ts';
import { type Checked, type EntityChecker, rowsText, verdict } from '../entity-check.ts';
import { countNullsSql } from './not-null.sql.ts';

const TYPE = 'not-null';

export const notNull: EntityChecker = {
  name: TYPE,
  types: ['integrity'],
  applies: (entity) => entity.columns.some((column) => !column.nullable),
  async run({ entity, facts, ownRows, target }): Promise<Checked> {
    const columns = entity.columns.filter((column) => !column.nullable).map((column) => column.to);
    const unguarded = columns.filter((column) => !facts.notNull.includes(column));
    const sql = countNullsSql(ownRows, columns);
    const findings: Finding[] = [];
    if (unguarded.length > 0) {
      const [row] = await target.query<{ nulls: string[] }>(countNullsSql(ownRows, unguarded));
      unguarded.forEach((column, i) => {
        const nulls = Number(row!.nulls[i]);
        if (nulls === 0) return;
        findings.push({
          kind: 'null',
          severity: 'critical',
          entity: entity.name,
          check: TYPE,
          column,
          expected: '0',
          actual: String(nulls),
          message: `${entity.name}: ${column} is empty in ${rowsText(nulls)}, and must not be.`,
        });
      });
    }
    const ok = findings.length === 0;
    const message = ok
      ? `${columns.length} columns that must not be empty are never empty.`
      : findings.map((finding) => finding.message).join(' ');
    return { check: verdict({ type: TYPE, ok, message, sql }), findings };
  },
};
