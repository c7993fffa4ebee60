/** One piece of code in one container: loads it, sends rows, reads outcomes. Never used for other code afterwards. */
import type { SandboxContainer } from '../container/container.ts';
import type { CodeRunner, CodeUnit, RowOutcome } from '../contract.ts';
import type { Limits } from '../limits.ts';
import { encodeRows } from '../protocol/rows.ts';
import { SandboxError } from '../sandbox-error.ts';
import { nonsense, readFault, readOutcomes } from './answers.ts';
import { cutIntoPieces, type Piece } from './pieces.ts';
import { createPlaces } from './places.ts';

/** Throws a SandboxError; then the container is gone. */
export async function loadCode(
  container: SandboxContainer,
  unit: CodeUnit,
  limits: Limits,
): Promise<CodeRunner> {
  const wait = limits.batchMilliseconds + limits.graceMilliseconds;
  const runPiece = async ({ start, rows }: Piece): Promise<RowOutcome[]> => {
    try {
      const answer = await container.request('B', encodeRows(rows, unit.reads.length), wait);
      if (answer.type === 'E') throw readFault(answer, rows.length);
      return readOutcomes(answer, rows.length, unit.writes.length);
    } catch (error) {
      const failure = inBatch(error, start);
      container.giveUp(forOthers(failure));
      throw failure;
    }
  };
  await sendUnit(container, unit, limits, wait);
  const places = createPlaces(limits.batchesInFlight);
  return {
    async run(rows) {
      checkWidth(rows, unit.reads.length);
      const pieces = cutIntoPieces(rows, limits);
      const outcomes = await Promise.all(pieces.map((piece) => places.within(() => runPiece(piece))));
      return outcomes.length === 1 ? outcomes[0]! : outcomes.flat();
    },
    close: () => container.close(),
  };
}

async function sendUnit(
  container: SandboxContainer,
  unit: CodeUnit,
  limits: Limits,
  wait: number,
): Promise<void> {
  const message = {
    source: unit.source,
    reads: unit.reads,
    writes: unit.writes,
    readAs: unit.readAs ?? unit.reads.map(() => 'string'),
    writeAs: unit.writeAs ?? unit.writes.map(() => 'text'),
    context: unit.context ?? {},
    milliseconds: limits.batchMilliseconds,
    outputCharacters: limits.outputCharacters,
    outputBytes: limits.frameBytes - 1024,
  };
  try {
    checkUnit(unit, limits);
    const answer = await container.request('L', JSON.stringify(message), wait);
    if (answer.type === 'E') throw readFault(answer, 0);
    if (answer.type !== 'K') throw nonsense('nothing that says whether the code was loaded');
  } catch (error) {
    await container.close();
    throw error;
  }
}

function checkUnit({ source, reads, writes, readAs, writeAs }: CodeUnit, limits: Limits): void {
  if (source.length > limits.sourceCharacters)
    throw new SandboxError(
      'code',
      `The code is ${source.length} characters long; at most ${limits.sourceCharacters} are taken.`,
    );
  for (const [names, forms] of [
    [reads, readAs],
    [writes, writeAs],
  ] as const) {
    if (names.length > limits.columns) throw new SandboxError('code', 'The code names too many columns.');
    if (new Set(names).size !== names.length)
      throw new SandboxError('code', 'The code names a column twice.');
    if (forms !== undefined && forms.length !== names.length)
      throw new TypeError('a form for each column, or none at all');
  }
}

/** The caller's own mistake, so not a typed failure of the code. */
function checkWidth(rows: readonly (readonly unknown[])[], width: number): void {
  if (rows.some((row) => row.length !== width)) throw new TypeError(`every row must have ${width} cells`);
}

/** Whatever else was in flight ends for the same reason, but not at that row. */
function forOthers({ kind, message, hint, line, details }: SandboxError): SandboxError {
  return new SandboxError(kind, message, { hint, line, details });
}

/** Rows are counted in the whole batch, not in its piece. */
function inBatch(error: unknown, start: number): SandboxError {
  if (!(error instanceof SandboxError))
    return new SandboxError('protocol', 'The sandbox answered with nonsense.', { cause: error });
  if (error.rowIndex === null || start === 0) return error;
  const { kind, message, hint, line, details } = error;
  return new SandboxError(kind, message, { rowIndex: error.rowIndex + start, hint, line, details });
}
