/** The moves of a rehearsal under faults: one undisturbed, those under the drawn faults, each judged, and the damages at the end. */

import { randomInt } from 'node:crypto';
import type { ChaosOptions, ChaosReport } from '../../contract/chaos.ts';
import type { MigrateOptions } from '../../contract/run.ts';
import { MigrationError } from '../../core/errors.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import type { Violation } from './closed-links.ts';
import { counted } from './counted.ts';
import { type Course, createCourse, type UnderFaultsDependencies } from './course.ts';
import { type Damaged, damageCopy } from './damage.ts';
import { createDraw } from './draw.ts';
import { type DrawnFault, drawFaults } from './draw-faults.ts';
import { createJudge, type Judge } from './judge.ts';
import type { ScratchGround } from './scratch-ground.ts';
import { createTally, type Tally } from './tally.ts';
import { createWitness } from './witness.ts';

export interface MovesInput {
  /** Of the rehearsal that went through: the chosen rows, into its scratch schema. */
  readonly scratch: PlanFile;
  readonly options: ChaosOptions;
  /** As for any rehearsal; its batch size is chosen here. */
  readonly settings: MigrateOptions;
}

export interface Made {
  readonly found: Pick<
    ChaosReport,
    'seed' | 'faults' | 'moves' | 'rows' | 'rowsCompared' | 'kinds' | 'damage' | 'notCompared'
  >;
  readonly violations: readonly Violation[];
}

const USUAL_MINUTES = 10;

export async function makeMoves(
  deps: UnderFaultsDependencies,
  { scratch, options, settings }: MovesInput,
  ground: ScratchGround,
): Promise<Made> {
  const { faults, seed = randomInt(1, 2 ** 31 - 1), tell = () => {} } = options;
  tell(`The faults are drawn from the seed ${seed}. First the sample is moved undisturbed.`);
  const course = createCourse(deps, ground, scratch, settings);
  const witness = createWitness(ground.database, scratch, ground.kept);
  const calm = await course.calm();
  if (calm.problem !== null) throw notEvenUndisturbed(calm.problem.message);
  const kept = await witness.keep();
  const moves = drawFaults(seed, faults, calm.passings);
  const judge = createJudge(witness, course, kept);
  const done = await disturb(deps, moves, { course, judge, options });
  let damage: Damaged[] = [];
  if (await isThereWhole(course, done.isWhole)) {
    tell('Now the copy is damaged on purpose, to see that the checks notice.');
    const { database, ledger } = ground;
    const renew = async () => void (await course.calm());
    const copy = { database, ledger, plan: scratch, draw: createDraw(seed), renew };
    damage = await damageCopy({ ...copy, validate: (entities) => course.validate(entities) });
  }
  return {
    found: {
      ...{ seed, damage, rows: { moved: kept.moved, setAside: kept.setAside } },
      faults: { drawn: moves.flat().length, struck: done.struck },
      moves: { made: done.made, leftOut: moves.length - done.made },
      rowsCompared: done.rowsCompared,
      kinds: done.tally.kinds(),
      notCompared: [...judge.notCompared].map(notComparedWords),
    },
    violations: done.violations,
  };
}

interface Disturbing {
  readonly course: Course;
  readonly judge: Judge;
  readonly options: ChaosOptions;
}

interface Disturbed {
  readonly tally: Tally;
  readonly violations: readonly Violation[];
  readonly made: number;
  readonly struck: number;
  readonly rowsCompared: number;
  /** What is there now is a whole move. */
  readonly isWhole: boolean;
}

async function disturb(
  { clock }: UnderFaultsDependencies,
  moves: readonly (readonly DrawnFault[])[],
  { course, judge, options: { minutes = USUAL_MINUTES, tell = () => {} } }: Disturbing,
): Promise<Disturbed> {
  const tally = createTally();
  const violations: Violation[] = [];
  const began = clock.monotonic();
  let [made, struck, rowsCompared, isWhole] = [0, 0, 0, true];
  for (const ofMove of moves) {
    if (clock.monotonic() - began > minutes * 60_000) break;
    made++;
    const names = ofMove.map(({ kind }) => kind.replaceAll('-', ' ')).join(', ');
    tell(`Move ${made} of ${moves.length}: ${names}.`);
    const { disturbance, outcome } = await course.disturbed(ofMove);
    const judgement = await judge.judge(outcome);
    const { breaches } = judgement;
    isWhole = judgement.isWhole;
    struck += disturbance.struck.length;
    rowsCompared += judgement.rowsCompared;
    const held = breaches.length === 0;
    const { rowsCompared: ofThis } = judgement;
    tally.add({ ...outcome, struck: disturbance.struck, rowsCompared: ofThis, held });
    const kinds = [...new Set(disturbance.struck.map(({ kind }) => kind))];
    violations.push(...breaches.map((breach) => ({ move: made, kinds, ...breach })));
  }
  return { tally, violations, made, struck, rowsCompared, isWhole };
}

async function isThereWhole(course: Course, isWhole: boolean): Promise<boolean> {
  return isWhole || (await course.calm()).problem === null;
}

function notComparedWords([entity, rows]: [string, number]): string {
  return `${entity}: in ${counted(rows, 'row', 'rows')} two undisturbed moves differ as well, so ${rows === 1 ? 'it proves' : 'they prove'} nothing; the old database changed meanwhile, or the plan gives another value each time.`;
}

function notEvenUndisturbed(message: string): MigrationError {
  return new MigrationError({
    code: 'CHAOS_NOT_BEGUN',
    message: `The rehearsal under faults did not begin: the sample, which the rehearsal before moved without trouble, could not be moved through the proxy that the faults need. ${message}`,
    hint: 'A server that lets in certain addresses or programs only cannot be reached like this; rehearse without --chaos, or from a machine that it lets in.',
  });
}
