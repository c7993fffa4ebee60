/** The rehearsal that went through, and what its sample showed under faults: told in its report, and kept under the plan's hash. */
import { CHAOS_ARTIFACT, type ChaosReport } from '../../contract/chaos.ts';
import type { RehearsalReport, RehearseOptions } from '../../contract/rehearsal.ts';
import type { MigrateOptions } from '../../contract/run.ts';
import type { Control } from '../../control/control.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { hashOf } from '../../schema/canonical-json.ts';
import type { UnderFaultsDependencies } from './course.ts';
import { rehearseUnderFaults } from './under-faults.ts';

export interface Rehearsed {
  readonly scratch: PlanFile;
  readonly options: RehearseOptions;
  readonly report: RehearsalReport;
  readonly settings: MigrateOptions;
}

export async function addChaos(
  deps: UnderFaultsDependencies & { readonly control: Pick<Control, 'lock' | 'artifacts'> },
  { scratch, options, report, settings }: Rehearsed,
): Promise<RehearsalReport> {
  const found = await rehearseUnderFaults(deps, { scratch, options: options.chaos!, settings });
  const { sample, entities } = options;
  const only = entities.length === 0 ? '' : ` --entities ${entities.join(',')}`;
  const chaos: ChaosReport = {
    ...found,
    ...{ planHash: report.planHash, sample, entities: [...entities] },
    again: `rehearse --chaos --faults ${options.chaos!.faults} --seed ${found.seed} --sample ${sample}${only}`,
  };
  const stored = { hash: hashOf(chaos), kind: CHAOS_ARTIFACT, content: chaos, parentHash: report.planHash };
  await deps.control.artifacts.put(stored);
  // where nothing was proven under faults, the rehearsal itself still went through
  return { ...report, status: chaos.status === 'failed' ? 'failed' : report.status, chaos };
}
