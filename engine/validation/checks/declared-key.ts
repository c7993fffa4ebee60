/**
 * Foreign keys that a table which was there before has of its own: Towpath writes it with triggers quiet, and then the server
 * asks none of them. Those that say what the plan says are looked at with the plan's references (foreign-key.ts).
 */
import type { Finding } from '../../core/findings.ts';
import { quoteTable } from '../../db/quote.ts';
import { transformsOf } from '../../plan/transforms.ts';
import { type Checked, type EntityCheck, type EntityChecker, rowsText, verdict } from '../entity-check.ts';
import type { ConstraintFacts } from '../table-facts.ts';
import { refusedRowsSql } from './declared-key.sql.ts';

const TYPE = 'declared-key';

export const declaredKey: EntityChecker = {
  name: TYPE,
  types: ['integrity'],
  applies: () => true,
  async run(context): Promise<Checked | null> {
    const keys = keysToAsk(context);
    if (keys.length === 0) return null;
    const findings: Finding[] = [];
    let total = 0;
    for (const key of keys) {
      const sql = refusedRowsSql(context.relation, context.pairs, key);
      const rows = await context.target.query<{ key: string | null; rows: string }>(sql);
      total += Number(rows[0]?.rows ?? 0);
      findings.push(...rows.map((row) => finding(context, key, row.key)));
    }
    const names = keys.map(({ name }) => name).join(', ');
    const ok = findings.length === 0;
    const message = ok
      ? `Every row that was written meets the foreign keys of the table: ${names}.`
      : `${rowsText(total)} that a foreign key of the table would refuse (${names}).`;
    return { check: verdict({ type: TYPE, ok, expected: '0', actual: String(total), message }), findings };
  },
};

function keysToAsk({ compiled, entity, existing, facts, plan }: EntityCheck): ConstraintFacts[] {
  if (!existing) return [];
  const written = new Set(compiled.columns);
  const planned = new Set(
    entity.columns.flatMap((column) => {
      const [first] = transformsOf(column);
      if (first!.kind !== 'reference') return [];
      const parent = plan.entities.find(({ name }) => name === first.entity)!.target;
      return [`${column.to} ${quoteTable({ schema: parent.schema, name: parent.table })}.id`];
    }),
  );
  return facts.constraints.filter(
    ({ type, columns, references, referenced }) =>
      type === 'foreign' &&
      references !== null &&
      columns.some((name) => written.has(name)) &&
      !planned.has(`${columns.join()} ${quoteTable(references)}.${referenced.join()}`),
  );
}

function finding(
  { entity }: EntityCheck,
  { columns, name, references }: ConstraintFacts,
  key: string | null,
): Finding {
  return {
    entity: entity.name,
    check: TYPE,
    severity: 'critical',
    kind: 'reference',
    ...(key === null ? {} : { key }),
    column: columns.join(', '),
    message: `${entity.name}: ${columns.join(', ')} of ${key ?? 'a row without a pair'} points to a row that ${references!.name} does not hold (${name}).`,
  };
}
