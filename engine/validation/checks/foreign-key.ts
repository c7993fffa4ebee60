/**
 * References: every one that the plan knows, whether the target declares it or not, points to a row. All of an entity's
 * are looked up in one pass over its rows; where the plan made the table, the constraint must be there and validated.
 */
import type { Queryable } from '../../control/queryable.ts';
import type { Finding } from '../../core/findings.ts';
import { quoteTable } from '../../db/quote.ts';
import type { PlanColumn, PlanEntity, PlanFile, Transform } from '../../plan/plan-file.ts';
import type { TableName } from '../../schema/catalog.ts';
import { type Checked, type EntityChecker, rowsText, verdict } from '../entity-check.ts';
import { idColumnOf } from '../rows/row-id.ts';
import { countDanglingSql, danglingRowsSql, presentTablesSql, type ReferenceSql } from './foreign-key.sql.ts';

type Kind = 'foreign-key' | 'generic-relation';

export const foreignKey: EntityChecker = checker('foreign-key');
/** A generic relation points to one of several tables, so no constraint can guard it. */
export const genericRelation: EntityChecker = checker('generic-relation');

function checker(kind: Kind): EntityChecker {
  return {
    name: kind,
    types: ['integrity'],
    applies: (entity) => referencesOf(entity, kind).length > 0,
    async run({ entity, facts, pairs, plan, table, target }): Promise<Checked> {
      const references = await present(
        target,
        referencesOf(entity, kind).map((reference) => referenceSql(plan, reference)),
      );
      const sql = countDanglingSql(table, references);
      const [row] = await target.query<{ dangling: string[] }>(sql);
      const findings: Finding[] = [];
      const base = { entity: entity.name, check: kind, severity: 'critical' } as const;
      for (const [i, reference] of references.entries()) {
        const { column } = reference;
        if (Number(row!.dangling[i]) > 0) {
          const list = danglingRowsSql(table, idColumnOf(entity), pairs, reference);
          for (const { key, value } of await target.query<{ key: string | null; value: string }>(list)) {
            const message = `${entity.name}: ${column} of ${key ?? 'a row without a pair'} points to a row that does not exist.`;
            findings.push({
              ...base,
              kind: 'reference',
              ...(key === null ? {} : { key }),
              column,
              actual: value,
              message,
            });
          }
        }
        if (kind !== 'foreign-key' || !plan.target.create || reference.parents.length === 0) continue;
        const declared = facts.constraints.find(
          ({ type, columns, references: to }) =>
            type === 'foreign' && columns.join() === column && sameTable(to, reference.parents[0]!.table),
        );
        if (declared?.valid) continue;
        const what = declared ? 'is there, but the server has not checked it' : 'is missing';
        const message = `${entity.name}: the foreign key on ${column} ${what}.`;
        findings.push({ ...base, severity: 'major', kind: 'constraint', column, message });
      }
      const total = row!.dangling.reduce((sum, rows) => sum + Number(rows), 0);
      const ok = findings.length === 0;
      const names = references.map((reference) => reference.column).join(', ');
      const message = ok
        ? `Every reference points to a row: ${names}.`
        : `${rowsText(total)} with a reference to nowhere; ${findings.length} findings in ${names}.`;
      return {
        check: verdict({ type: kind, ok, expected: '0', actual: String(total), message, sql }),
        findings,
      };
    },
  };
}

interface Reference {
  readonly column: PlanColumn;
  readonly parents: readonly string[];
}

function referencesOf(entity: PlanEntity, kind: Kind): Reference[] {
  return entity.columns.flatMap((column) => {
    const list: readonly Transform[] = Array.isArray(column.transform)
      ? column.transform
      : [column.transform];
    return list.flatMap((transform): Reference[] => {
      if (kind === 'foreign-key') {
        return transform.kind === 'reference' ? [{ column, parents: [transform.entity] }] : [];
      }
      return transform.kind === 'polymorphic'
        ? [{ column, parents: [...new Set(Object.values(transform.entities))] }]
        : [];
    });
  });
}

function referenceSql(plan: PlanFile, { column, parents }: Reference): ReferenceSql {
  return {
    column: column.to,
    parents: parents.map((name) => {
      const parent = plan.entities.find((candidate) => candidate.name === name)!;
      return {
        table: { schema: parent.target.schema, name: parent.target.table },
        idColumn: idColumnOf(parent),
      };
    }),
  };
}

/** Parents whose table is not there yet hold no row: every value then points to nowhere. */
async function present(target: Queryable, references: readonly ReferenceSql[]): Promise<ReferenceSql[]> {
  const names = [
    ...new Set(references.flatMap(({ parents }) => parents.map(({ table }) => quoteTable(table)))),
  ];
  const rows = await target.query<{ name: string }>(presentTablesSql, [names]);
  const found = new Set(rows.map((row) => row.name));
  return references.map((reference) => ({
    ...reference,
    parents: reference.parents.filter(({ table }) => found.has(quoteTable(table))),
  }));
}

function sameTable(a: TableName | null, b: TableName): boolean {
  return a?.schema === b.schema && a.name === b.name;
}
