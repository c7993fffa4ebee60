/** Conditions of the plan: proved by the target's own validated constraint, else counted. */
import type { Finding } from '../../core/findings.ts';
import { type Checked, type EntityChecker, rowsText, verdict } from '../entity-check.ts';
import { violationsSql } from './check-constraint.sql.ts';

const TYPE = 'check';

export const checkConstraint: EntityChecker = {
  name: TYPE,
  types: ['integrity'],
  applies: (entity) => entity.checks.length > 0,
  async run({ entity, existing, facts, ownRows, target }): Promise<Checked> {
    const findings: Finding[] = [];
    const base = { kind: 'constraint', entity: entity.name, check: TYPE } as const;
    for (const { name, expression } of entity.checks) {
      const declared = facts.constraints.find((found) => found.type === 'check' && found.name === name);
      if (declared?.valid) continue;
      const [row] = await target.query<{ rows: string }>(violationsSql(ownRows, expression));
      const rows = Number(row!.rows);
      if (rows > 0) {
        const message = `${entity.name}: ${rowsText(rows)} do not meet ${name} (${expression}).`;
        findings.push({ ...base, severity: 'critical', expected: '0', actual: String(rows), message });
      }
      if (!existing) {
        const what = declared ? 'has not been checked by the server' : 'is missing';
        findings.push({
          ...base,
          severity: 'major',
          message: `${entity.name}: the constraint ${name} ${what}.`,
        });
      }
    }
    const ok = findings.length === 0;
    const message = ok
      ? `${entity.checks.length} conditions hold for every row.`
      : findings.map((finding) => finding.message).join(' ');
    const sql = entity.checks.map(({ expression }) => violationsSql(ownRows, expression)).join(';\n');
    return { check: verdict({ type: TYPE, ok, message, sql }), findings };
  },
};
