/**
 * References: every one that the plan knows, whether the target declares it or not, points to a row. Where the plan
 * made the table, the constraint must be there and validated. All references of an entity are looked up in one pass over
 * its rows – unless this validation has compared every row at both ends and found no difference, which says more.
 */
import type { Queryable } from '../../control/queryable.ts';
import type { Finding } from '../../core/findings.ts';
import { quoteTable } from '../../db/quote.ts';
import type { PlanColumn, PlanEntity, PlanFile } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import type { TableName } from '../../schema/catalog.ts';
import { type Checked, type EntityCheck, type EntityChecker, rowsText, verdict } from '../entity-check.ts';
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
    last: true,
    applies: (entity) => referencesOf(entity, kind).length > 0,
    async run(context): Promise<Checked> {
      const { entity, plan, relation, target } = context;
      const known = referencesOf(entity, kind);
      const references = await present(
        target,
        known.map((reference) => referenceSql(plan, reference)),
      );
      const undeclared = kind === 'foreign-key' ? findUndeclared(context, references) : [];
      const sql = countDanglingSql(relation, references);
      const names = references.map((reference) => reference.column).join(', ');
      if (
        undeclared.length === 0 &&
        context.proved([entity.name, ...known.flatMap(({ parents }) => parents)])
      ) {
        const message = `Every reference points to a row: ${names}. Each was compared, and so was every row it may point to.`;
        return { check: verdict({ type: kind, ok: true, message, sql }), findings: [] };
      }
      const [row] = await target.query<{ dangling: string[] }>(sql);
      const dangling = references.filter((_, i) => Number(row!.dangling[i]) > 0);
      const findings = [...(await listDangling(context, kind, dangling)), ...undeclared];
      const total = row!.dangling.reduce((sum, rows) => sum + Number(rows), 0);
      const ok = findings.length === 0;
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

async function listDangling(
  { entity, pairs, relation, target }: EntityCheck,
  kind: Kind,
  references: readonly ReferenceSql[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const base = { entity: entity.name, check: kind, severity: 'critical', kind: 'reference' } as const;
  for (const reference of references) {
    const { column } = reference;
    const sql = danglingRowsSql(relation, idColumnOf(entity), pairs, reference);
    for (const { key, value } of await target.query<{ key: string | null; value: string }>(sql)) {
      const message = `${entity.name}: ${column} of ${key ?? 'a row without a pair'} points to a row that does not exist.`;
      findings.push({ ...base, ...(key === null ? {} : { key }), column, actual: value, message });
    }
  }
  return findings;
}

/** Where the plan made the tables, each foreign key must stand in the catalog, and hold for every row. */
function findUndeclared(
  { entity, existing, facts }: EntityCheck,
  references: readonly ReferenceSql[],
): Finding[] {
  if (existing) return [];
  return references.flatMap(({ column, parents }): Finding[] => {
    if (parents.length === 0) return [];
    const declared = facts.constraints.find(
      ({ type, columns, references: to }) =>
        type === 'foreign' && columns.join() === column && sameTable(to, parents[0]!.table),
    );
    if (declared?.valid) return [];
    const what = declared ? 'is there, but the server has not checked it' : 'is missing';
    const message = `${entity.name}: the foreign key on ${column} ${what}.`;
    const base = {
      entity: entity.name,
      check: 'foreign-key',
      severity: 'major',
      kind: 'constraint',
    } as const;
    return [{ ...base, column, message }];
  });
}

interface Reference {
  readonly column: PlanColumn;
  readonly parents: readonly string[];
}

function referencesOf(entity: PlanEntity, kind: Kind): Reference[] {
  return entity.columns.flatMap((column) => {
    const list = transformsOf(column);
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
