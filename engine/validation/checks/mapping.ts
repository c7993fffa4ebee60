/** Mapping: every row has a pair of old key and new id, every pair its row, and every id is the one its key has. */
import type { Finding } from '../../core/findings.ts';
import { type Checked, type EntityCheck, type EntityChecker, rowsText, verdict } from '../entity-check.ts';
import { sameIds } from '../id-sums.ts';
import { idColumnOf } from '../rows/row-id.ts';
import { readTableFacts } from '../table-facts.ts';
import { astrayDuplicatesSql, repeatedPairsSql, setPairSql, unmatchedPairsSql } from './mapping.sql.ts';

const TYPE = 'mapping';

export const mapping: EntityChecker = {
  name: TYPE,
  types: ['completeness', 'integrity'],
  applies: () => true,
  async run(context): Promise<Checked> {
    const { entity, existing, pairs, pairFacts, table, target } = context;
    const held = await context.heldIds();
    const sql = unmatchedPairsSql(pairs, table, idColumnOf(entity), existing);
    const findings: Finding[] = pairFacts.wrongPairs.map(({ key, id, expected }) => ({
      ...about(entity.name),
      key,
      expected,
      actual: id,
      fix: setPairSql(pairs, key, expected),
      message: `${entity.name}: the pair of ${key} has an id that is not its own.`,
    }));
    if (!sameIds(pairFacts.ids, held)) {
      type Row = { key: string | null; id: string };
      for (const { key, id } of await target.query<Row>(sql)) {
        const message =
          key === null
            ? `${entity.name}: the row ${id} has no pair, so nobody knows which old row it was.`
            : `${entity.name}: ${key} has a pair, but its row is not in the target.`;
        findings.push({ ...about(entity.name), ...(key === null ? {} : { key }), actual: id, message });
      }
    }
    if (context.deduped) findings.push(...(await findAstray(context)));
    const unique = (await readTableFacts(target, pairs))?.indexes.some(
      (index) => index.unique && index.valid && !index.partial && index.columns.join() === 'legacy_id',
    );
    if (!unique) {
      for (const { key, pairs: count } of await target.query<{ key: string; pairs: string }>(
        repeatedPairsSql(pairs),
      )) {
        findings.push({
          ...about(entity.name),
          key,
          actual: count,
          message: `${entity.name}: ${key} has ${count} pairs.`,
        });
      }
    }
    const ok = findings.length === 0 && pairFacts.wrong === 0;
    const message = ok
      ? `${rowsText(held.rows)}, each with one pair; every id follows from its old key.${leadWords(pairFacts.duplicates)}`
      : `${pairFacts.ids.rows} pairs for ${rowsText(held.rows)}; ${findings.length} of them do not fit.`;
    const check = verdict({
      type: TYPE,
      ok,
      expected: String(held.rows),
      actual: String(pairFacts.ids.rows),
      message,
      sql,
    });
    return { check, findings };
  },
};

/** Rows that are the same record as another: each leads to a row, or is set aside. */
async function findAstray({ entity, entityNo, pairs, setAside, target }: EntityCheck): Promise<Finding[]> {
  type Row = { key: string; paired: boolean };
  const rows = await target.query<Row>(astrayDuplicatesSql(pairs), [entityNo, setAside]);
  return rows.map(({ key, paired }) => ({
    ...about(entity.name),
    key,
    message: paired
      ? `${entity.name}: ${key} is the same record as another, but leads to no row that was moved.`
      : `${entity.name}: ${key} is the same record as another, but has no pair that leads to its row.`,
  }));
}

function leadWords(duplicates: number): string {
  if (duplicates === 0) return '';
  return ` ${duplicates} more old ${duplicates === 1 ? 'key leads' : 'keys lead'} to the row of the same record.`;
}

function about(entity: string): { kind: 'mapping'; severity: 'critical'; entity: string; check: string } {
  return { kind: 'mapping', severity: 'critical', entity, check: TYPE };
}
