/** What a person decides about tables that are there: whether they are meant, whether rows are the same as old ones, and what stays behind. */
import type { PlanEntity } from '../../plan/plan-file.ts';
import type { QuestionDraft } from '../../plan/questions.ts';
import type { Table } from '../../schema/catalog.ts';
import { displayName } from '../../schema/table-key.ts';
import { count, someOf } from '../questions/words.ts';
import { SURE_TABLE, type TableMatch } from './match-tables.ts';

type Merge = NonNullable<PlanEntity['merge']>;

export function askAboutTable({ entity, rival, score, table }: TableMatch): QuestionDraft | null {
  if (score >= SURE_TABLE && rival === null) return null;
  const other = rival ? `, or rather ${displayName(rival)}` : '';
  return {
    about: { entity: entity.name, table: { schema: table.schema, table: table.name } },
    text: `Do the records of ${entity.source.table} belong into the table ${displayName(table)} that is there already${other}?`,
    why: `The match is not sure (${score.toFixed(2)} of 1). Rows in the wrong table are hard to find later.`,
    required: true,
    choices: [
      { text: `Yes, into ${displayName(table)}.`, changes: [] },
      {
        text: 'No: I write the right table under “target” of the entity in the plan, or exclude the entity, before I approve.',
        changes: [],
        waitsFor: 'table',
      },
    ],
    recommended: 0,
  };
}

/** `by`: natural keys that both sides have, the best first. */
export function askAboutMerge(
  entity: PlanEntity,
  table: Table,
  rows: number,
  by: readonly (readonly string[])[],
  likely: readonly string[] = [],
): QuestionDraft {
  const about = { entity: entity.name };
  const set = (merge: Merge | null) => [{ kind: 'set-merge' as const, entity: entity.name, merge }];
  const held = `${displayName(table)} holds ${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'} already`;
  const [best, ...others] = by;
  if (best === undefined) {
    return {
      about,
      text: `${held}. May all records of ${entity.source.table} be added to them?`,
      why: 'Nothing there is unique that the old records have as well, so a record that is on both sides would be there twice.',
      required: true,
      choices: [
        { text: 'Yes, none of them is there yet.', changes: set(null) },
        ...likely.slice(0, 2).map((name) => ({
          text: `Those with the same ${name} are the same; what the new system says of them stays.`,
          changes: set({ by: [name], onMatch: 'keep' as const }),
        })),
        {
          text: 'No: I name the columns that tell them apart under “merge” of the entity in the plan before I approve.',
          changes: set(null),
          waitsFor: 'merge',
        },
      ],
      recommended: 0,
    };
  }
  const named = best.join(' and ');
  return {
    about,
    text: `${held}. When an old record has the same ${named} as one of them, what holds?`,
    why: 'Such a record keeps the id it has in the new system, and everything old that refers to it refers to that one. Rows that are changed are given back by a rollback.',
    required: true,
    choices: [
      {
        text: `They are the same, and what the new system says stays; the old values of these records do not move.`,
        changes: set({ by: [...best], onMatch: 'keep' }),
      },
      {
        text: 'They are the same, and get the values of the old system.',
        changes: set({ by: [...best], onMatch: 'update' }),
      },
      ...others.slice(0, 2).map((columns) => ({
        text: `The same ${columns.join(' and ')} tells it instead; what the new system says stays.`,
        changes: set({ by: [...columns], onMatch: 'keep' as const }),
      })),
      {
        text: `They are not the same: every old record is added, and one whose ${named} is taken is set aside.`,
        changes: set(null),
      },
    ],
    recommended: 0,
  };
}

export function askAboutHomeless(entity: PlanEntity, columns: readonly string[]): QuestionDraft {
  const list =
    columns.length > 12
      ? `${columns.slice(0, 11).join(', ')} and ${columns.length - 11} more`
      : columns.join(', ');
  return {
    about: { entity: entity.name },
    text: `${entity.target.table} has no column for ${list} of ${entity.source.table}. Do their values stay behind?`,
    why: 'The old database keeps them, but the new system will not have them.',
    required: true,
    choices: [
      { text: 'Yes, they stay behind.', changes: [] },
      {
        text: 'No: I add columns for them to the new table (a jsonb column “metadata” takes them all), and have a new plan made.',
        changes: [],
        waitsFor: 'new-plan',
      },
    ],
    recommended: 0,
  };
}

/** One question for all of them: nobody answers forty times what becomes of old numbers. */
export function askAboutOldKey(entity: PlanEntity, column: string): QuestionDraft {
  const subject = `${entity.target.table} (${column})`;
  return {
    about: { entity: entity.name },
    text: `${entity.target.table} has no column for the old key ${column} of ${entity.source.table}. Is it enough that Towpath’s list of old and new keys has it?`,
    why: 'Somebody may know records by their old numbers. The list towpath.migration_mappings stays in the new database as long as nobody takes it out.',
    required: true,
    choices: [
      { text: 'Yes, the list is enough.', changes: [] },
      {
        text: 'No: I add columns called legacy_id to the new tables, and have a new plan made.',
        changes: [],
        waitsFor: 'new-plan',
      },
    ],
    recommended: 0,
    together: {
      key: 'old-keys',
      subject,
      text: (subjects) =>
        `${count(subjects.length, 'table')} of the new system have no column for the old keys of their records: ${someOf(subjects)}. Is it enough that Towpath’s list of old and new keys has them?`,
    },
  };
}

/** A table of that name cannot take the rows. */
export function askAboutOwnTable(entity: PlanEntity, table: Table, why: string): QuestionDraft {
  return {
    about: { entity: entity.name, table: { schema: table.schema, table: table.name } },
    text: `The new system has a table ${displayName(table)}, but ${why}. Shall the records of ${entity.source.table} get a table of their own, ${entity.target.table}?`,
    why: 'Otherwise that table has to be changed first, and a new plan made.',
    required: true,
    choices: [
      { text: `Yes, make ${entity.target.table} for them.`, changes: [] },
      {
        text: 'No: I change the table first, and have a new plan made.',
        changes: [],
        waitsFor: 'new-plan',
      },
    ],
    recommended: 0,
  };
}
