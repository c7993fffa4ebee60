import type { Cell } from '../../contract/code.ts';

/** Rows that are handed to the code together, each the cells that it reads. */
export type Portion = readonly (readonly Cell[])[];

/** Measured: the sandbox is fastest with 500 to 1000 rows in a message and two messages on their way. */
export const PORTION_ROWS = 500;
