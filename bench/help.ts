import { median, verdict } from './measurement.ts';
import type { Row } from './row.ts';
import { towpathHelp } from './towpath.ts';

const ASK_MILLISECONDS = 300;
/** Short, so a few more runs than asked for cost nothing. */
const RUNS = 9;

/** How soon `towpath --help` answers, the start of Node included. */
export const help: Row = {
  id: 'help',
  what: 'towpath --help',
  ask: 'at most 0.3 s',
  needs: [],
  async measure(workplace) {
    const samples: number[] = [];
    for (let run = 0; run < Math.max(RUNS, workplace.options.runs); run++) {
      samples.push((await towpathHelp(workplace)).milliseconds);
    }
    const value = median(samples);
    return [
      {
        ...{ id: 'help', what: help.what, ask: help.ask, value, limit: ASK_MILLISECONDS, notes: [] },
        status: verdict(value, ASK_MILLISECONDS),
        figure: `${value.toFixed(0)} ms`,
        samples: { towpath: samples },
      },
    ];
  },
};
