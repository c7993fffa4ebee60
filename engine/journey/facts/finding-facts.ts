/** Differences that the newest comparison found. What a row holds is never told, only which row and field differ. */
import type { z } from 'zod';
import type { Engine } from '../../contract/contract.ts';
import type { findingFacts as shape } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import type { Finding } from '../../core/findings.ts';
import { shownSentence } from '../../core/shown-text.ts';
import { countOf, formatCount, joinWords } from '../../report/words.ts';
import { lowerWords, shownName } from './told-names.ts';

export type FindingFacts = z.infer<typeof shape>;

/** More are counted, not listed. */
export const MOST_FINDINGS = 50;

/** Of the newest run unless told. @throws MigrationError NO_RUN or UNKNOWN_RUN */
export async function findingsFacts(
  engine: Pick<Engine, 'report'>,
  runId: string | null,
): Promise<Told<FindingFacts[]>> {
  const { validation } = await engine.report(runId ?? undefined);
  if (validation === null) {
    return {
      words: 'The result was not compared with the old database yet, so I cannot say whether it differs.',
      data: [],
      choices: ['Compare them now'],
    };
  }
  const data = validation.issues.slice(0, MOST_FINDINGS).map(factsOfFinding);
  return { words: wordsOf(validation.issues, validation.notVerified.length), data, choices: choicesOf(data) };
}

export function factsOfFinding({
  kind,
  severity,
  entity,
  check,
  column,
  key,
  message,
}: Finding): FindingFacts {
  return {
    kind,
    severity,
    entity,
    check,
    column: column === undefined ? null : shownName(column),
    message: shownSentence(withoutKey(message, key)),
  };
}

/** A key of digits or a permanent number says nothing of anybody; a text may. */
function withoutKey(message: string, key: string | undefined): string {
  if (key === undefined || key === '' || /^\d{1,10}$|^[0-9a-f-]{32,36}(-\d+)?$/i.test(key)) return message;
  return message.replaceAll(key, '…');
}

function wordsOf(issues: readonly Finding[], notVerified: number): string {
  const open = notVerified > 0 ? ` ${countOf(notVerified, 'thing')} could not be checked.` : '';
  if (issues.length === 0) return `The comparison found no difference.${open}`;
  const byEntity = [...Map.groupBy(issues, ({ entity }) => entity)].sort((a, b) => b[1].length - a[1].length);
  const places = byEntity
    .slice(0, 3)
    .map(([entity, found]) => `${lowerWords(entity)} (${formatCount(found.length)})`);
  const others = byEntity.length > 3 ? [`${formatCount(byEntity.length - 3)} others`] : [];
  return `The comparison found ${countOf(issues.length, 'difference')}, in ${joinWords([...places, ...others])}.${open} The new system is not to be used before they are understood.`;
}

function choicesOf(findings: readonly FindingFacts[]): string[] {
  return findings.length > 0 ? ['Show them', 'Undo the move'] : ['Go on', 'Where are we'];
}
