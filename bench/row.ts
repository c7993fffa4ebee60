import type { Outcome } from './measurement.ts';
import type { RowName } from './options.ts';
import type { Program } from './programs.ts';
import type { Workplace } from './workplace.ts';

/** Something the bench measures; may end in several outcomes. */
export interface Row extends RowName {
  readonly needs: readonly Program[];
  measure(workplace: Workplace): Promise<Outcome[]>;
}
