/** Every named place where the process, or a server, can be killed: when a command passes it and how often, on the small sample. */

/**
 * What passes it: a move, the comparison behind it, an undoing, a resume that repeats batches, a replay of rows set aside; `shop-`:
 * only where the target held rows before; `shop-left`: where rows that an undoing left are taken out after all. A plan that was
 * edited is not among the trials; a test of its own breaks off there (test/engine/run/isolation.test.ts).
 */
export type Passage =
  | 'move'
  | 'proof'
  | 'undo'
  | 'repeat'
  | 'replay'
  | 'shop-move'
  | 'shop-undo'
  | 'shop-left'
  | 'edited-plan';

export interface NamedPoint {
  readonly name: string;
  readonly passage: Passage;
  /** About how often; a hit that does not come is counted as a fault that did not strike. */
  readonly hits: number;
}

const lines = `
run.created move 1
run.entered move 1
run.approval-used move 1
run.approved move 1
table.created move 45
batch.begun move 95
batch.rows-copied move 95
batch.before-commit move 95
batch.after-commit move 95
key.indexed move 80
index.built move 60
entity.indexed move 45
level.settled move 5
foreign-key.added move 60
level.passed move 5
run.loaded move 1
run.copied move 1
duplicates.set-aside move 1
rows.let-go move 2
rows.withdrawn move 2
run.validating proof 1
run.completing proof 1
rollback.decided undo 1
rollback.chunk undo 60
rollback.entity undo 45
restart.batch repeat 20
entity.deduped shop-move 1
entity.matched shop-move 2
rollback.restored shop-undo 1
rollback.images shop-undo 1
rollback.untied shop-undo 1
rollback.left shop-left 1
plan.approved edited-plan 1
plan.taken-out edited-plan 1
retry.rows-written replay 1
retry.before-commit replay 1
retry.after-commit replay 1
`;

export const namedPoints: readonly NamedPoint[] = lines
  .trim()
  .split('\n')
  .map((line) => {
    const [name, passage, hits] = line.split(' ');
    return { name: name!, passage: passage as Passage, hits: Number(hits) };
  });

/** Those that trials pass. */
export const passedPoints = namedPoints.filter(({ passage }) => passage !== 'edited-plan');
