/** A rehearsal under faults in words: what was done to the move, and what was there each time afterwards. */
import type { ChaosReport, DamageKind, FaultKind } from '../contract/chaos.ts';
import { countOf, formatCount, joinWords } from './words.ts';

type Counted = ChaosReport['kinds'][number];

/** What a kind of fault is called in a table. */
export const faultNames: Readonly<Record<FaultKind, string>> = {
  'connection-cut': 'connection cut',
  'reset-in-copy': 'reset in the middle of a copy',
  'connection-stalled': 'connection stalled',
  'connection-half-open': 'connection half open',
  'connection-slow': 'connection slow',
  'server-away': 'server away for a moment',
  'failed-batch': 'batch fails',
  'failed-step': 'step between batches fails',
  'process-killed': 'process killed',
  paused: 'pause and resume',
};

const damageNames: Readonly<Record<DamageKind, string>> = {
  'row-lost': 'a row taken away',
  'row-doubled': 'a row doubled',
  'value-changed': 'a value changed',
  'ids-swapped': 'two ids swapped',
};

const deeds: Readonly<Record<FaultKind, (of: Counted) => string>> = {
  'connection-cut': (of) => `cut the connection ${sides(of)}`,
  'reset-in-copy': (of) => `broke it off in the middle of a copy${where(of)}`,
  'connection-stalled': (of) => `held everything up for a moment${where(of)}`,
  'connection-half-open': (of) => `let what was sent vanish without a word${where(of)}`,
  'connection-slow': (of) => `slowed the connection down to a trickle${where(of)}`,
  'server-away': (of) => `let a server be out of reach for a moment${where(of)}`,
  'failed-batch': (of) => `made a batch fail ${times(of.faults.all)}`,
  'failed-step': (of) => `made a step between batches fail ${times(of.faults.all)}`,
  'process-killed': (of) => `killed the process in the middle of its work ${times(of.faults.all)}`,
  paused: (of) => `paused the move ${times(of.faults.all)}`,
};

/** Sentence by sentence. */
export function chaosSentences(report: ChaosReport): string[] {
  const { kinds, moves, status } = report;
  const struck = kinds.filter(({ faults }) => faults.all > 0);
  return [
    ...(status === 'not-proven' ? [`Nothing is proven: ${joinWords(report.notProven)}.`] : []),
    ...(moves.made === 0 ? [] : moveSentences(report, struck)),
    ...report.violations.map((violation) => violationWords(violation)),
    damageWords(report.damage),
    outsideWords(report.outside, report.removed),
    ...report.outside.notLookedAt,
    ...report.notCompared.map((words) => `Not compared in every move: ${words}`),
    ...(moves.leftOut === 0
      ? []
      : [
          `${countOf(moves.leftOut, 'further move')} did not fit into the time and ${moves.leftOut === 1 ? 'was' : 'were'} left out.`,
        ]),
    ...(report.faults.struck < report.faults.drawn && moves.leftOut === 0
      ? [
          `${formatCount(report.faults.drawn - report.faults.struck)} of the ${countOf(report.faults.drawn, 'fault')} drawn did not come to ${report.faults.drawn - report.faults.struck === 1 ? 'its' : 'their'} moment before the move was over.`,
        ]
      : []),
  ].filter((words) => words !== '');
}

function moveSentences({ moves, rows, rowsCompared, violations }: ChaosReport, struck: readonly Counted[]) {
  const all = rows.moved + rows.setAside;
  const held = violations.every(({ move }) => move === 0);
  const found = held
    ? 'nothing was lost, nothing is there twice, every link leads somewhere, and each validation said verified.'
    : 'not everything was as it should be.';
  const compared =
    rowsCompared === all * moves.made
      ? `After each move I compared all ${countOf(all, 'row')} with those of an undisturbed move`
      : `I compared what was there afterwards with an undisturbed move, ${formatCount(rowsCompared)} of ${countOf(all * moves.made, 'row')} in all`;
  return [
    struck.length === 0
      ? 'No fault came to its moment.'
      : `I ${joinWords(struck.map((of) => deeds[of.kind](of)))}.`,
    `That was ${countOf(moves.made, 'move')} of the same ${countOf(all, 'row')}. ${helpWords(struck)} ${compared}: ${found}`,
  ];
}

/** The whole in one sentence, for a report or a conversation. */
export function chaosInShort(report: ChaosReport): string {
  const all = report.rows.moved + report.rows.setAside;
  const done = `Rehearsed before, under faults: the sample of ${countOf(all, 'row')} was moved ${times(report.moves.made)} under ${countOf(report.faults.struck, 'fault')} (seed ${report.seed})`;
  if (report.status === 'not-proven')
    return `${done}. Nothing is proven by it: ${joinWords(report.notProven)}.`;
  return report.status === 'passed'
    ? `${done}: each time nothing was lost and nothing was there twice.`
    : `${done}: ${countOf(report.violations.length, 'thing')} did not hold. ${report.violations[0]?.message ?? ''}`.trim();
}

function helpWords(struck: readonly Counted[]): string {
  const sum = (pick: (of: Counted) => number) => struck.reduce((total, of) => total + pick(of), 0);
  const [retries, resumes] = [sum(({ retries: n }) => n), sum(({ resumes: n }) => n)];
  return `${retries === 0 ? 'No batch was repeated' : `Batches were repeated without help ${times(retries)}`}, and ${resumes === 0 ? 'the move never had to be taken up again' : `the move was taken up again ${times(resumes)}, as by towpath resume`}.`;
}

function violationWords({ move, kinds, message }: ChaosReport['violations'][number]): string {
  if (move === 0) return message;
  const after = kinds.length === 0 ? '' : ` (${joinWords(kinds.map((kind) => faultNames[kind]))})`;
  return `Move ${formatCount(move)}${after}: ${message}`;
}

function damageWords(damage: ChaosReport['damage']): string {
  const tried = damage.filter(({ outcome }) => outcome !== 'not-tried');
  if (damage.length === 0) return 'No copy was damaged on purpose: there was none that was whole.';
  if (tried.length === 0)
    return 'No row of the sample could be damaged on purpose, so it is not shown that the checks can fail.';
  const noticed = tried.filter(({ outcome }) => outcome === 'noticed').length;
  const names = joinWords(tried.map(({ kind, entity }) => `${damageNames[kind]} in ${entity}`));
  const untried = damage
    .filter(({ outcome }) => outcome === 'not-tried')
    .map(({ kind }) => damageNames[kind]);
  return [
    `Then a copy was damaged on purpose (${names}), and its validation refused it ${noticed === tried.length ? 'each time' : `only ${formatCount(noticed)} of ${formatCount(tried.length)} times`}${tried.every(({ mended }) => mended) ? ', and passed it again once it was put right' : ''}.`,
    ...(untried.length === 0
      ? []
      : [`No row of the sample could be damaged like this: ${joinWords(untried)}.`]),
  ].join(' ');
}

function outsideWords({ target, source }: ChaosReport['outside'], removed: boolean): string {
  const gone = removed ? 'The scratch schemas are gone again' : 'A scratch schema is still there';
  if (target === 'unchanged' && source === 'unchanged')
    return `${gone}, and beside them nothing changed: neither the other tables of the new database and what Towpath keeps there, nor structure and settings of the old one.`;
  const words = {
    unchanged: 'unchanged',
    changed: 'changed',
    unclear: 'changed while others were working there, too, so it is not clear by whom',
  };
  return `${gone}. Beside them: the new database is ${words[target]}, the old one ${words[source]}.`;
}

function sides({ faults: { source, target } }: Counted): string {
  return joinWords([
    ...(source > 0 ? [`to the old database ${times(source)}`] : []),
    ...(target > 0 ? [`to the new ${source > 0 ? 'one' : 'database'} ${times(target)}`] : []),
  ]);
}

function where({ faults: { source, target } }: Counted): string {
  const both = source > 0 && target > 0;
  const sides = [
    ...(source > 0 ? [`old database ${times(source)}`] : []),
    ...(target > 0 ? [`${both ? 'new one' : 'new database'} ${times(target)}`] : []),
  ];
  return ` (${sides.join(', ')})`;
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${formatCount(count)} times`;
}
