/** What a retry came to, in words. */
import type { RetryReport } from '../../engine/contract/quarantine.ts';
import { countOf, formatCount } from '../../engine/report/words.ts';
import type { Context } from '../command.ts';
import { stillHeldLines } from './try-rows.ts';

export function reportLines({ rows, entities, stillHeld, validation, runState }: RetryReport): string[] {
  if (rows === 0) return ['No row is set aside, so there was nothing to move.'];
  const sum = (of: (entity: RetryReport['entities'][number]) => number) =>
    entities.reduce((total, entity) => total + of(entity), 0);
  const line = (count: number, words: string) => (count === 0 ? [] : [`${countOf(count, 'row')} ${words}`]);
  return [
    `${formatCount(sum(({ moved }) => moved))} of ${countOf(rows, 'row')} moved after all.`,
    ...line(
      sum(({ repaired }) => repaired),
      'of them with a noted repair.',
    ),
    ...line(
      sum(({ duplicates }) => duplicates),
      'the same record as another that is there; their old keys lead to it.',
    ),
    ...line(
      sum(({ changedSince }) => changedSince),
      'had changed in the old database since they were set aside; they went by what they are now.',
    ),
    ...line(
      sum(({ relinked }) => relinked),
      'moved earlier without a link got it back.',
    ),
    ...line(
      sum(({ gone }) => gone),
      'no longer in the old database; their copy is kept.',
    ),
    ...line(
      sum(({ leftOut }) => leftOut),
      'left out by the plan’s filter; their copy is kept.',
    ),
    ...stillHeldLines(stillHeld, 'stay set aside'),
    ...(validation === null
      ? [`The run is ${runState.replace('-', ' ')}; nothing was compared.`]
      : validation === 'verified'
        ? ['Compared again: everything is as the plan says.']
        : []),
  ];
}

export function nextLines(
  context: Context,
  { canFollow, validation, runId, runState }: RetryReport,
): string[] {
  if (canFollow.length > 0) {
    const rows = canFollow.reduce((total, card) => total + card.rows, 0);
    return [
      `${countOf(rows, 'row')} set aside for want of these can be tried now.`,
      `Next: ${context.again(`quarantine try ${canFollow.map(({ card }) => card).join(' ')}`)}`,
    ];
  }
  if (validation === 'verified') return [`Next: ${context.again(`report ${runId}`)}`];
  if (runState === 'copied') return [`Next: ${context.again(`validate all ${runId}`)}`];
  return runState === 'completed' ? [] : [`Next: ${context.again(`resume ${runId}`)}`];
}
