/** What came out: money, causes, what happened. */
import { z } from 'zod';
import { auditEntryFacts, causeFacts, eventFacts, reportFacts } from '../../../engine/index.ts';
import type { Telling } from '../answer.ts';
import { count, moreLines, mostLines, sentence } from '../plain-words.ts';
import { say } from '../step.ts';

export const money: Telling = (data) => {
  const report = reportFacts.safeParse(data).data;
  if (report === undefined) return null;
  if (report.verified === 'not-validated') {
    return say('Money has not been compared yet; that is part of comparing everything.', [
      'Compare everything',
      'Where are we',
    ]);
  }
  if (report.moneyEqual === null)
    return say('No money was summed: the comparison knew of no field that holds any.', ['Open the report']);
  const fields = `${report.moneyColumns} money ${report.moneyColumns === 1 ? 'field was' : 'fields were'} summed exactly on both sides`;
  return report.moneyEqual
    ? say(
        `Yes: ${fields}, and the sums are equal, to the last digit. Records that are set aside are counted apart.`,
        ['Open the report', 'Show what is set aside'],
      )
    : say(`No: ${fields}, and not all sums are equal.`, ['Show the differences', 'Open the report']);
};

/** With the file that a person opens, where it is written. */
export const report: Telling = (data, { words, choices }) => {
  const files = reportFacts.safeParse(data).data?.files ?? [];
  const page = files.find((file) => file.endsWith('.html')) ?? files[0];
  return page === undefined ? null : say(`${words} You find it in ${page}.`, choices);
};

/** What nobody compared, and why. */
export const notChecked: Telling = (data) => {
  const found = reportFacts.safeParse(data).data;
  if (found === undefined) return null;
  if (found.verified === 'not-validated')
    return say('Nothing has been compared yet.', ['Compare everything', 'Where are we']);
  if (found.notVerified.length === 0)
    return say('Everything that can be compared was compared.', ['Open the report']);
  const lines = found.notVerified.map(sentence).join('\n');
  return say(
    `${found.notVerified.length === 1 ? 'One thing was' : `${count(found.notVerified.length)} things were`} not checked.\n${lines}`,
    ['Open the report'],
  );
};

/** With more reasons than the tool's words name, a line for each; then those words would only say some of them twice. */
export const causes: Telling = (data, { choices }) => {
  const found = z.array(causeFacts).safeParse(data).data;
  if (found === undefined || found.length <= 3) return null;
  const lines = found
    .slice(0, mostLines)
    .map(
      ({ entity, rows, outcome, explanation }) =>
        `${entity}: ${count(rows)} ${outcome === 'repaired' ? 'repaired' : 'set aside'}. ${sentence(explanation)}`,
    );
  return say(`${totals(found)}\n${lines.join('\n')}${moreLines(found.length, mostLines)}`, choices);
};

function totals(found: readonly z.infer<typeof causeFacts>[]): string {
  const rowsOf = (wanted: string) =>
    found.reduce((sum, { outcome, rows }) => (outcome === wanted ? sum + rows : sum), 0);
  const [aside, repaired] = [rowsOf('quarantined'), rowsOf('repaired')];
  const held = aside === 0 ? 'No record is' : `${count(aside)} ${aside === 1 ? 'record is' : 'records are'}`;
  const changed = `${count(repaired)} ${repaired === 1 ? 'value was' : 'values were'} changed to fit, the old kept`;
  return `${held} set aside${repaired === 0 ? '' : `; ${changed}`}.`;
}

/** One reason at a time, the next after the one that was told. */
export function causeAfter(lastWords: string): Telling {
  return (data, { words, choices }) => {
    const found = z.array(causeFacts).safeParse(data).data;
    if (found === undefined || found.length === 0) return say(words, choices);
    const inOrder = [...found].sort((a, b) => a.outcome.localeCompare(b.outcome));
    const told = Number(/^(\d+) of \d+\. /.exec(lastWords)?.[1] ?? 0);
    const at = told >= inOrder.length ? 0 : told;
    const { entity, rows, outcome, explanation, column } = inOrder[at]!;
    const what = outcome === 'repaired' ? 'changed to fit, and the old value kept' : 'set aside whole';
    const field = column === null ? entity : `${column} in ${entity}`;
    const next = at + 1 < inOrder.length ? ['Next one', 'Show how it moves'] : ['Where are we'];
    return say(
      `${at + 1} of ${inOrder.length}. ${count(rows)} ${rows === 1 ? 'record' : 'records'} of ${entity}, ${what}. ${sentence(explanation)}`,
      [...next.slice(0, 1), `Show how ${field} moves`, ...next.slice(2)],
    );
  };
}

export const auditEntries: Telling = (data, { words, choices }) => {
  const found = z.array(auditEntryFacts).safeParse(data).data;
  if (found === undefined || found.length === 0) return null;
  const lines = found.map(
    ({ entry, at, who, what }) => `${entry}: ${at.slice(0, 16).replace('T', ' ')}, ${who}: ${what}`,
  );
  return say(`${words}\n${lines.join('\n')}`, choices);
};

const mostEvents = 8;

/** The tool's list ends with what happened last; a person hears that first. */
export const events: Telling = (data, { words, choices }) => {
  const found = z.array(eventFacts).safeParse(data).data;
  if (found === undefined || found.length === 0) return null;
  if (found.length === 1) return say(words, choices);
  const newestFirst = found.slice(-mostEvents).reverse();
  const lines = newestFirst.map(
    ({ at, who, what }) => `${at.slice(0, 16).replace('T', ' ')}, ${who}: ${what}`,
  );
  return say(`${words}\n${lines.join('\n')}`, choices);
};
