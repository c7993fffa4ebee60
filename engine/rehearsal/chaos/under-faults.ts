/**
 * A rehearsal under faults: the sample is moved once undisturbed, then again and again under drawn faults, and each time what is
 * there is compared with what the undisturbed move left.
 *
 * Promise: nothing outside the scratch schemas is written – the ledger of these moves is a schema of its own, too – and that is
 * looked at, before and after; the scratch schemas go, however it ends. The source is only read.
 */
import { randomInt } from 'node:crypto';
import type { ChaosOptions, ChaosReport } from '../../contract/chaos.ts';
import type { MigrateOptions } from '../../contract/contract.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { REHEARSAL_PREFIX } from '../rehearsal-plan.ts';
import { type Course, createCourse, type UnderFaultsDependencies } from './course.ts';
import { damageCopy } from './damage.ts';
import type { MoveOutcome } from './disturbed-move.ts';
import { createDraw } from './draw.ts';
import { drawFaults } from './draw-faults.ts';
import { openScratchGround, type ScratchGround } from './scratch-ground.ts';
import { lookAround } from './surroundings.ts';
import { createTally } from './tally.ts';
import { type Breach, createWitness, type Violation, type Witness } from './witness.ts';

export interface UnderFaultsInput {
  /** Of the rehearsal that went through: the chosen rows, into its scratch schema. */
  readonly scratch: PlanFile;
  readonly options: ChaosOptions;
  /** As for any rehearsal; its batch size is chosen here. */
  readonly settings: MigrateOptions;
}

export type UnderFaults = Omit<ChaosReport, 'planHash' | 'sample' | 'entities' | 'again'>;

const USUAL_MINUTES = 10;

export async function rehearseUnderFaults(
  deps: UnderFaultsDependencies,
  input: UnderFaultsInput,
): Promise<UnderFaults> {
  const startedAt = deps.clock.monotonic();
  const lock = await deps.control.lock.acquireFor('rehearsal under faults');
  try {
    const surroundings = await lookAround(deps, `${REHEARSAL_PREFIX}%`);
    const ground = openScratchGround(deps, input.scratch);
    let removed = false;
    const work = makeMoves(deps, input, ground).finally(async () => {
      removed = await ground.remove();
    });
    const made = await work;
    const outside = await surroundings.compare();
    const violations = [...made.violations, ...violationsAround(outside, made.damage, removed)];
    return {
      ...made,
      status: violations.length === 0 ? 'passed' : 'failed',
      ...{ violations, outside, removed },
      at: deps.clock.now().toISOString(),
      milliseconds: Math.round(deps.clock.monotonic() - startedAt),
    };
  } finally {
    await lock.release();
  }
}

type Made = Pick<
  UnderFaults,
  'seed' | 'faults' | 'moves' | 'rows' | 'rowsCompared' | 'kinds' | 'violations' | 'damage' | 'notCompared'
>;

async function makeMoves(
  deps: UnderFaultsDependencies,
  { scratch, options, settings }: UnderFaultsInput,
  ground: ScratchGround,
): Promise<Made> {
  const { clock } = deps;
  const { faults, minutes = USUAL_MINUTES, tell = () => {} } = options;
  const seed = options.seed ?? randomInt(1, 2 ** 31 - 1);
  tell(`The faults are drawn from the seed ${seed}. First the sample is moved undisturbed.`);
  const course = createCourse(deps, ground, scratch, settings);
  const witness = createWitness(ground.database, scratch, ground.kept);
  const calm = await course.calm();
  const kept = await witness.keep();
  const moves = drawFaults(seed, faults, calm.passings);
  const tally = createTally();
  const violations: Violation[] = [];
  const notCompared = new Set<string>();
  const began = clock.monotonic();
  let [made, struck, isGood] = [0, 0, true];
  for (const ofMove of moves) {
    if (clock.monotonic() - began > minutes * 60_000) break;
    made++;
    tell(
      `Move ${made} of ${moves.length}: ${ofMove.map(({ kind }) => kind.replaceAll('-', ' ')).join(', ')}.`,
    );
    const { disturbance, outcome } = await course.disturbed(ofMove);
    const found = await judge(outcome, witness, course, notCompared);
    isGood = found.length === 0;
    struck += disturbance.struck.length;
    tally.add({
      ...outcome,
      struck: disturbance.struck,
      rowsCompared: kept.moved + kept.setAside,
      held: isGood,
    });
    const kinds = [...new Set(disturbance.struck.map(({ kind }) => kind))];
    violations.push(...found.map((breach) => ({ move: made, kinds, ...breach })));
  }
  if (!isGood) await course.calm();
  tell('Now the copy is damaged on purpose, to see that the checks notice.');
  const damage = await damageCopy({
    database: ground.database,
    ledger: ground.ledger,
    plan: scratch,
    draw: createDraw(seed),
    verified: (entities) => course.verified(entities),
  });
  return {
    seed,
    faults: { drawn: moves.flat().length, struck },
    moves: { made, leftOut: moves.length - made },
    rows: { moved: kept.moved, setAside: kept.setAside },
    rowsCompared: made * (kept.moved + kept.setAside),
    kinds: tally.kinds(),
    ...{ violations, damage, notCompared: [...notCompared] },
  };
}

/** What one move did wrong. Where an undisturbed move differs in the same way, the source has changed, and nothing is proven. */
async function judge(
  outcome: MoveOutcome,
  witness: Witness,
  course: Course,
  notCompared: Set<string>,
): Promise<Breach[]> {
  if (outcome.problem !== null) return [{ ...outcome.problem, entity: null, rows: null }];
  const found = await witness.compare();
  if (found.length === 0) return [];
  await course.calm();
  const undisturbed = new Set((await witness.compare()).map(({ entity }) => entity));
  for (const entity of undisturbed)
    notCompared.add(
      `${entity}: two undisturbed moves differ as well, so its rows prove nothing; they changed in the old database meanwhile, or the plan gives another value each time.`,
    );
  return found.filter(({ entity }) => !undisturbed.has(entity));
}

function violationsAround(
  outside: UnderFaults['outside'],
  damage: UnderFaults['damage'],
  removed: boolean,
): Violation[] {
  const none = { move: 0, kinds: [], entity: null, rows: null };
  return [
    ...(['target', 'source'] as const)
      .filter((side) => outside[side] === 'changed')
      .map((side) => ({
        ...none,
        check: 'outside-changed' as const,
        message: `Something beside the scratch schemas is not what it was in the ${side}: ${outside.changes.filter((name) => name.startsWith(`${side}: `)).join(', ')}.`,
      })),
    ...damage
      .filter(({ outcome }) => outcome === 'missed')
      .map(({ kind, entity }) => ({
        ...none,
        check: 'damage-not-seen' as const,
        entity,
        message: `A copy that was damaged on purpose (${kind.replaceAll('-', ' ')}, ${entity}) was called verified.`,
      })),
    ...(removed
      ? []
      : [{ ...none, check: 'not-removed' as const, message: 'A scratch schema could not be removed.' }]),
  ];
}
