/** The statements that would make the new tables; nothing runs. */
import type { Told } from '../../contract/journey.ts';
import { redactText } from '../../core/redaction.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { targetTables } from '../../plan/target-schema.ts';
import { maskValue } from '../../rehearsal/mask.ts';
import { countOf } from '../../report/words.ts';
import { isCode } from '../../schema/shown-codes.ts';
import { findEntity } from './find-entity.ts';
import { shownTable } from './told-names.ts';

/** Of the named entities, else of all; in the order of use. @throws MigrationError UNKNOWN_ENTITY or AMBIGUOUS_NAME */
export function ddlFacts({ plan }: { readonly plan: PlanFile }, said: readonly string[]): Told<string[]> {
  const wanted = new Set(said.map((name) => findEntity(plan, name).name));
  const tables = targetTables(plan).filter(({ entity }) => wanted.size === 0 || wanted.has(entity));
  const data = [
    ...tables.flatMap(({ create, primaryKey, uniques, indexes }) => [
      create,
      primaryKey,
      ...uniques,
      ...indexes,
    ]),
    ...tables.flatMap(({ foreignKeys }) => foreignKeys),
  ].map(({ sql }) => shownStatement(sql));
  const names = tables.map(({ table }) => shownTable(table));
  const what = names.length === 1 ? names[0]! : countOf(names.length, 'new table');
  return {
    words: `${countOf(data.length, 'statement')} would make ${what}. Nothing was run.`,
    data,
    choices: ['Show how it moves', 'Show the plan'],
  };
}

/** Rules that were carried over from the source may quote somebody; its codes stay readable. */
function shownStatement(sql: string): string {
  const shown = sql.replace(/'((?:[^']|'')*)'/g, (quoted, text: string) =>
    isCode(text) ? quoted : `'${maskValue(text)}'`,
  );
  return redactText(shown);
}
