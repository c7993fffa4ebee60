/** Cuts a batch into messages of a bounded size, so that wide rows cost time and not memory. */
import type { Cell } from '../contract.ts';
import type { Limits } from '../limits.ts';
import { SandboxError } from '../sandbox-error.ts';

export interface Piece {
  /** Of its first row in the batch. */
  readonly start: number;
  readonly rows: readonly (readonly Cell[])[];
}

/** Throws a SandboxError (`input-limit`) with the row that is too long by itself. */
export function cutIntoPieces(rows: readonly (readonly Cell[])[], limits: Limits): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  let size = 0;
  for (const [index, row] of rows.entries()) {
    let length = 0;
    for (const cell of row) length += cell === null ? 4 : cell.length + 3;
    if (length > limits.rowCharacters)
      throw new SandboxError(
        'input-limit',
        `A row is ${length} characters long; the code takes at most ${limits.rowCharacters}.`,
        {
          rowIndex: index,
        },
      );
    if (size > 0 && size + length > limits.messageCharacters) {
      pieces.push({ start, rows: rows.slice(start, index) });
      start = index;
      size = 0;
    }
    size += length;
  }
  if (start < rows.length) pieces.push({ start, rows: start === 0 ? rows : rows.slice(start) });
  return pieces;
}
