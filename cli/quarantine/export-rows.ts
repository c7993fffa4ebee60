/** `towpath quarantine export`: files with everything that is needed to load the rows elsewhere, for their owner alone. */
import { join } from 'node:path';
import type { ExportedRow } from '../../engine/contract/quarantine.ts';
import { countOf } from '../../engine/report/words.ts';
import type { Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { type OpenTextFile, openTextFile } from '../open-text-file.ts';
import { csvHead, csvRow, isRunBySpreadsheets } from './csv.ts';
import { chooseCards, chosenRun, isNarrowed, type QuarantineOptions } from './options.ts';

export async function exportRows(
  context: Context,
  options: QuarantineOptions,
  ids: readonly string[],
): Promise<ExitCode> {
  const write = options.format === 'csv' ? writeCsv : writeLines;
  const { files, rows, risky } = await context.withEngine('target', async (engine) => {
    const cards = isNarrowed(options, ids)
      ? chooseCards(await engine.causeCards(chosenRun(options)), options, ids).map(({ id }) => id)
      : [];
    if (isNarrowed(options, ids) && cards.length === 0) return write(context, options, () => none());
    return write(context, options, () =>
      engine.exportHeld({ ...chosenRun(options), cards, ...(options.all ? { all: true } : {}) }),
    );
  });
  context.output.result({ status: 'success', file: files[0] ?? null, files, rows });
  if (rows === 0) context.output.say('No row is set aside, so no file was written.');
  else
    context.output.say(
      `Wrote ${countOf(rows, 'row')} to ${files.join(', ')}. ${files.length === 1 ? 'It holds' : 'They hold'} the rows as they were and may hold personal values.`,
    );
  if (risky > 0 && options.forSpreadsheet !== true)
    context.output.warn(
      `${countOf(risky, 'cell')} would be run as a formula by a spreadsheet. Load the file into a database, or write it with --for-spreadsheet to look at.`,
    );
  return exitCode.done;
}

interface Written {
  readonly files: readonly string[];
  readonly rows: number;
  readonly risky: number;
}

type Read = () => AsyncIterable<ExportedRow>;

async function* none(): AsyncGenerator<ExportedRow> {}

async function writeLines(context: Context, { output }: QuarantineOptions, read: Read): Promise<Written> {
  const path = context.path(output ?? 'reports/quarantine.jsonl');
  const file = openTextFile(path);
  let rows = 0;
  try {
    for await (const row of read()) {
      file.write(`${JSON.stringify(row)}\n`);
      rows++;
    }
  } catch (error) {
    file.discard();
    throw error;
  }
  if (rows === 0) file.discard();
  else file.keep();
  return { files: rows === 0 ? [] : [path], rows, risky: 0 };
}

/** Two passes: the columns of an entity are those of all its rows, since a table may have changed in between. */
async function writeCsv(
  context: Context,
  { output, forSpreadsheet = false }: QuarantineOptions,
  read: Read,
): Promise<Written> {
  const columns = new Map<string, Set<string>>();
  for await (const { entity, row } of read()) {
    const names = columns.get(entity) ?? new Set<string>();
    for (const name of Object.keys(row ?? {})) names.add(name);
    columns.set(entity, names);
  }
  const folder = context.path(output ?? 'reports/quarantine');
  const files = new Map<string, OpenTextFile>();
  let rows = 0;
  let risky = 0;
  try {
    for await (const row of read()) {
      const names = [...(columns.get(row.entity) ?? [])];
      let file = files.get(row.entity);
      if (file === undefined) {
        file = openTextFile(join(folder, `${row.entity}.csv`));
        files.set(row.entity, file);
        file.write(csvHead(names));
      }
      file.write(csvRow(row, names, forSpreadsheet));
      risky += names.filter((name) => isRunBySpreadsheets(row.row?.[name] ?? null)).length;
      rows++;
    }
  } catch (error) {
    for (const file of files.values()) file.discard();
    throw error;
  }
  for (const file of files.values()) file.keep();
  return { files: [...files.values()].map(({ path }) => path), rows, risky };
}
