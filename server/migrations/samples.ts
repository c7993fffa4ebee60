/** The samples of a proof, read once for each validation of a run: everybody who opens the proof sees the same rows. */

import { planOfRun } from '../../desk/rows-forecast.ts';
import type { Engine } from '../../engine/contract/contract.ts';
import type { MigrationReport } from '../../engine/contract/report.ts';
import type { ProvenSample } from '../shapes/proof.ts';
import { provenSamples } from '../views/proven-samples.ts';

type Reading = Pick<Engine, 'storedPlan' | 'movedKeys' | 'explainRow'>;

export type SamplesOf = (report: MigrationReport) => Promise<readonly ProvenSample[]>;

/** None before everything was compared: a sample shown earlier could be taken for a proof. */
export function createSamples(engine: Reading): SamplesOf {
  /** Of each run those of its newest validation. */
  const known = new Map<
    string,
    { readonly of: string; readonly samples: Promise<readonly ProvenSample[]> }
  >();
  return ({ run, validation }) => {
    if (validation === null) return Promise.resolve([]);
    const of = `${run.state} ${validation.timestamp}`;
    const before = known.get(run.runId);
    if (before?.of === of) return before.samples;
    const mine = { of, samples: read(engine, run) };
    known.set(run.runId, mine);
    mine.samples.catch(() => {
      if (known.get(run.runId) === mine) known.delete(run.runId);
    });
    return mine.samples;
  };
}

async function read(engine: Reading, { runId, planHash }: MigrationReport['run']): Promise<ProvenSample[]> {
  const plan = await planOfRun(engine, planHash);
  return plan === null ? [] : provenSamples({ engine, plan, runId });
}
