/** The samples of a proof, read once for each validation of a run: everybody who opens the proof sees the same rows. */

import { planOfRun } from '../../desk/plan-of-run.ts';
import type { Engine } from '../../engine/contract/contract.ts';
import type { MigrationReport } from '../../engine/contract/report.ts';
import type { ProvenSample } from '../shapes/proof.ts';
import { provenSamples } from '../views/proven-samples.ts';

type Reading = Pick<Engine, 'storedPlan' | 'movedKeys' | 'explainRow'>;

export type SamplesOf = (engine: Reading, report: MigrationReport) => Promise<readonly ProvenSample[]>;

/** None before everything was compared: a sample shown earlier could be taken for a proof. */
export function createSamples(): SamplesOf {
  const known = new WeakMap<Reading, Map<string, Samples>>();
  return (engine, { run, validation }) => {
    if (validation === null) return Promise.resolve([]);
    const ofEngine = known.get(engine) ?? new Map<string, Samples>();
    known.set(engine, ofEngine);
    const of = `${run.state} ${validation.timestamp}`;
    const before = ofEngine.get(run.runId);
    if (before?.of === of) return before.samples;
    const mine = { of, samples: read(engine, run) };
    ofEngine.set(run.runId, mine);
    mine.samples.catch(() => {
      if (ofEngine.get(run.runId) === mine) ofEngine.delete(run.runId);
    });
    return mine.samples;
  };
}

interface Samples {
  /** The validation that they were read after. */
  readonly of: string;
  readonly samples: Promise<readonly ProvenSample[]>;
}

async function read(engine: Reading, { runId, planHash }: MigrationReport['run']): Promise<ProvenSample[]> {
  const plan = await planOfRun(engine, planHash);
  return plan === null ? [] : provenSamples({ engine, plan, runId });
}
