/** Which of the facts that the guide looked up stand in a card: names of texts and values, in the order of weight. */
import type { ChatData } from '../../../server/shapes/chat.ts';

export type Facts = ChatData['facts'];

interface FactLine {
  /** Below `facts.line` in the texts. */
  readonly name: FactName;
  readonly values: Readonly<Record<string, string | number>>;
}

type FactName =
  | 'tables'
  | 'rows'
  | 'largest'
  | 'housekeeping'
  | 'personal'
  | 'kinds'
  | 'levels'
  | 'excluded'
  | 'mistakes'
  | 'fields'
  | 'moved'
  | 'setAside'
  | 'repaired'
  | 'compared'
  | 'values'
  | 'differences'
  | 'notVerified'
  | 'seconds'
  | 'removed'
  | 'wouldMove'
  | 'stillHeld'
  | 'tried'
  | 'number'
  | 'newNumber';

const line = (name: FactName, values: FactLine['values']): FactLine => ({ name, values });
const count = (name: FactName, n: number): FactLine => line(name, { count: n });

export function factLines(facts: Facts): FactLine[] {
  switch (facts.about) {
    case 'catalog': {
      const [largest] = facts.data.largest;
      return [
        count('tables', facts.data.tables),
        count('rows', facts.data.rows),
        ...(largest === undefined ? [] : [line('largest', { table: largest.table, count: largest.rows })]),
        count('housekeeping', facts.data.housekeeping.length),
        count('personal', facts.data.personalColumns),
      ];
    }
    case 'assessment':
      return [count('rows', facts.data.estimate.rows), seconds(facts.data.estimate.seconds)];
    case 'plan':
      return [
        count('kinds', facts.data.entities),
        count('levels', facts.data.levels),
        count('rows', facts.data.rows),
        count('excluded', facts.data.excluded.length),
        ...(facts.data.mistakes.length === 0 ? [] : [count('mistakes', facts.data.mistakes.length)]),
      ];
    case 'table':
      return [count('rows', facts.data.rows ?? 0), count('fields', facts.data.columns)];
    case 'tables':
      return [count('tables', facts.data.length)];
    case 'rehearsal':
      return [
        line('moved', { count: facts.data.written, total: facts.data.rows }),
        count('setAside', facts.data.setAside),
        count('repaired', facts.data.repaired),
        seconds(facts.data.seconds),
      ];
    case 'validation':
      return [
        count('compared', facts.data.rowsCompared),
        count('values', facts.data.valuesCompared),
        count('differences', facts.data.issues.length),
        count('notVerified', facts.data.notVerified.length),
      ];
    case 'report':
      return [
        line('moved', { count: facts.data.moved, total: facts.data.moved + facts.data.setAside }),
        count('setAside', facts.data.setAside),
        count('repaired', facts.data.repaired),
        count('notVerified', facts.data.notVerified.length),
      ];
    case 'undo-preview':
    case 'undone':
      return [count('removed', facts.data.removed)];
    case 'row':
      return [
        line('number', { number: facts.data.legacyId }),
        ...(facts.data.newId === null ? [] : [line('newNumber', { number: facts.data.newId })]),
      ];
    case 'code-trial':
      return [count('tried', facts.data.tried), count('setAside', facts.data.setAside)];
    case 'fix-trial':
      return [
        line('wouldMove', { count: facts.data.wouldMove, total: facts.data.rows }),
        count(
          'stillHeld',
          facts.data.stillHeld.reduce((sum, { rows }) => sum + rows, 0),
        ),
      ];
    case 'retried':
      return [
        line('moved', { count: facts.data.moved, total: facts.data.rows }),
        count('stillHeld', facts.data.stillHeld),
      ];
  }
}

/** Never one number: how long it takes is not known better than this. */
function seconds({ low, high }: { readonly low: number; readonly high: number }): FactLine {
  return line('seconds', { low: Math.floor(low), high: Math.ceil(high) });
}
