/** What came of trying code, on one screen: what is wrong first, then rows before and after. */
import type { CodeTrial, TriedRow } from '../../engine/contract/code-trial.ts';
import { countOf, formatCount, joinWords } from '../../engine/report/words.ts';
import { formatTable, plainText } from './table.ts';

const MOST_ROWS = 8;
const MOST_COLUMNS = 4;
const MOST_KEYS = 10;

/** `file`: as people find it; null where the code stands in the plan. */
export function trialLines(trial: CodeTrial, file: string | null): string[] {
  const { outcome, entity, writes } = trial;
  const made = `${plainText(joinWords([...writes]), 200)} of ${entity}`;
  const head = file === null ? `The plan's code of ${made}` : `${file}, which writes ${made}`;
  switch (outcome) {
    case 'type-errors':
      return [`${head}, was not run: the types do not fit.`, '', ...typeLines(trial, file), '', NOTHING];
    case 'no-sandbox':
      return [`${head}, was not run. Its types fit.`, ...failureLines(trial), NOTHING];
    case 'failed':
      return [`${head}, did not get through.`, ...failureLines(trial), NOTHING];
    case 'not-repeatable':
      return [
        `${head}, does not always give the same result for the same row.`,
        ...failureLines(trial),
        ...(trial.rows.length === 0 ? [] : pairLines(trial)),
        '',
        NOTHING,
      ];
    default:
      return [...triedLines(trial, head), '', NOTHING];
  }
}

const NOTHING = 'Nothing was changed: the old database was read, and the plan is as it was.';

function typeLines({ typeErrors, typeErrorCount }: CodeTrial, file: string | null): string[] {
  const more = typeErrorCount - typeErrors.length;
  return [
    ...typeErrors.map(
      ({ line, column, message }) =>
        `  ${file === null ? `line ${line}, column ${column}` : `${file}:${line}:${column}`}  ${plainText(message, 300)}`,
    ),
    ...(more > 0 ? [`  and ${formatCount(more)} more`] : []),
  ];
}

function failureLines({ failure }: CodeTrial): string[] {
  return failure === null ? [] : [plainText(failure.message, 600), `Next: ${plainText(failure.hint, 400)}`];
}

function triedLines(trial: CodeTrial, head: string): string[] {
  const { rows, setAside } = trial;
  if (rows.length === 0) return [`${head}: its types fit, and there was no row to try it on.`];
  const through =
    setAside === 0
      ? `${countOf(rows.length, 'row')} tried; all come out as the new columns want them.`
      : `${countOf(rows.length, 'row')} tried; ${formatCount(setAside)} would be set aside.`;
  return [`${head}: ${through}`, ...troubleLines(rows), ...pairLines(trial), '', ...closingLines(trial)];
}

function troubleLines(rows: readonly TriedRow[]): string[] {
  const groups = new Map<string, { trouble: NonNullable<TriedRow['trouble']>; keys: (string | null)[] }>();
  for (const { trouble, key } of rows) {
    if (trouble === null) continue;
    const id = JSON.stringify([trouble.kind, trouble.line, trouble.column, trouble.message]);
    const group = groups.get(id) ?? { trouble, keys: [] };
    group.keys.push(key);
    groups.set(id, group);
  }
  return [...groups.values()].flatMap(({ trouble, keys }) => [
    '',
    `  ${countOf(keys.length, 'row')}${keysText(keys)}: ${plainText(trouble.message, 500)}`,
    ...(trouble.line === null
      ? []
      : [
          `    line ${trouble.line}${trouble.code === null ? '' : `: ${plainText(trouble.code.trim(), 160)}`}`,
        ]),
  ]);
}

function keysText(keys: readonly (string | null)[]): string {
  const known = keys.filter((key) => key !== null);
  if (known.length === 0) return '';
  const more = known.length - MOST_KEYS;
  const shown = known.slice(0, MOST_KEYS).map((key) => plainText(key, 40));
  return ` (${shown.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''})`;
}

/** Rows that come out, where there are any. */
function pairLines({ rows, reads, writes, values }: CodeTrial): string[] {
  const [read, written] = [reads.slice(0, MOST_COLUMNS), writes.slice(0, MOST_COLUMNS)];
  const through = rows.filter(({ trouble }) => trouble === null);
  const shown = [...through, ...rows.filter(({ trouble }) => trouble !== null)].slice(0, MOST_ROWS);
  const cell = (value: string | null | undefined) =>
    value === undefined ? '–' : plainText(value ?? 'null', 30);
  const hidden = values === 'shown' ? '' : ' (personal values hidden; --show-values shows them)';
  const hasKeys = shown.some(({ key }) => key !== null);
  const withKey = (key: string, cells: readonly string[]) => (hasKeys ? [key, ...cells] : cells);
  const left = reads.length + writes.length - read.length - written.length;
  return [
    '',
    `Before and after${hidden}:`,
    ...formatTable(
      withKey('row', [
        ...read.map((name) => plainText(name, 30)),
        '',
        ...written.map((name) => plainText(name, 30)),
      ]),
      shown.map((row) =>
        withKey(cell(row.key ?? undefined), [
          ...read.map((name) => cell(row.before[name])),
          '→',
          ...written.map((name) => cell(row.after?.[name])),
        ]),
      ),
      '  ',
    ),
    ...(left > 0 ? [`  ${countOf(left, 'column')} more; --json tells all of them.`] : []),
  ];
}

function closingLines({ rows, repeatable, rowsPerSecond, unchecked, setAside }: CodeTrial): string[] {
  const repaired = rows.filter((row) => row.repaired.length > 0).length;
  return [
    ...(repaired > 0
      ? [
          `${countOf(repaired, 'row')} would be changed by the plan's own rules so that ${repaired === 1 ? 'it fits' : 'they fit'}; the old value is kept in the notes.`,
        ]
      : []),
    ...(repeatable === true ? ['Every row went through twice, with the same answer.'] : []),
    ...(rowsPerSecond === null
      ? []
      : [`About ${formatCount(rowsPerSecond)} rows a second, for the code alone.`]),
    ...(unchecked.length > 0
      ? [`Only PostgreSQL can check ${joinWords([...unchecked])}; the rehearsal does.`]
      : []),
    ...(setAside > 0
      ? ['Next: correct the code, or leave it if these rows shall be set aside, and try it again.']
      : []),
  ];
}
