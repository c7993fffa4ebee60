/** Keys: the primary key and every combination that the plan calls unique. By the server's own index where it has one. */
import type { Finding } from '../../core/findings.ts';
import { type Checked, type EntityCheck, type EntityChecker, rowsText, verdict } from '../entity-check.ts';
import { idColumnOf } from '../rows/row-id.ts';
import type { TableFacts } from '../table-facts.ts';
import { repeatedValuesSql } from './unique.sql.ts';

export const primaryKey: EntityChecker = {
  name: 'primary-key',
  types: ['integrity'],
  applies: () => true,
  async run(context): Promise<Checked> {
    const id = idColumnOf(context.entity);
    const declared = context.facts.constraints.some(
      (constraint) => constraint.type === 'primary' && constraint.valid && constraint.columns.join() === id,
    );
    const repeated = await repeatedValues(context, [id], 'primary-key');
    const findings = [...repeated.findings];
    if (!declared && !context.existing) {
      findings.push({
        kind: 'constraint',
        severity: 'major',
        entity: context.entity.name,
        check: 'primary-key',
        column: id,
        message: `${context.entity.name}: the table has no primary key on ${id}.`,
      });
    }
    const ok = findings.length === 0;
    const how = declared ? 'The primary key is in place' : 'No two rows have the same id';
    const message = ok ? `${how}: no id comes twice.` : findings.map((finding) => finding.message).join(' ');
    return { check: verdict({ type: 'primary-key', ok, message, sql: repeated.sql }), findings };
  },
};

export const unique: EntityChecker = {
  name: 'unique',
  types: ['integrity'],
  applies: (entity) => entity.uniques.length > 0,
  async run(context): Promise<Checked> {
    const findings: Finding[] = [];
    const statements: string[] = [];
    for (const { columns } of context.entity.uniques) {
      const repeated = await repeatedValues(context, columns, 'unique');
      findings.push(...repeated.findings);
      statements.push(repeated.sql);
    }
    const ok = findings.length === 0;
    const names = context.entity.uniques.map(({ columns }) => columns.join(' + ')).join('; ');
    const message = ok
      ? `No value comes twice in: ${names}.`
      : `${findings.length} values come more than once.`;
    return { check: verdict({ type: 'unique', ok, message, sql: statements.join(';\n') }), findings };
  },
};

/** A valid unique index over the same columns proves it; without one the rows are grouped. */
async function repeatedValues(
  { entity, facts, ownRows, target }: EntityCheck,
  columns: readonly string[],
  check: string,
): Promise<{ findings: Finding[]; sql: string }> {
  const sql = repeatedValuesSql(ownRows, columns);
  if (keptUnique(facts, columns)) return { findings: [], sql };
  const rows = await target.query<{ value: string; rows: string }>(sql);
  const findings = rows.map(
    ({ value, rows: count }): Finding => ({
      kind: 'uniqueness',
      severity: 'critical',
      entity: entity.name,
      check,
      column: columns.join(', '),
      actual: value,
      message: `${entity.name}: ${rowsText(Number(count))} share one value of ${columns.join(' + ')}.`,
    }),
  );
  return { findings, sql };
}

export function keptUnique({ indexes }: TableFacts, columns: readonly string[]): boolean {
  const wanted = [...columns].sort().join();
  return indexes.some(
    (index) => index.unique && index.valid && !index.partial && [...index.columns].sort().join() === wanted,
  );
}
