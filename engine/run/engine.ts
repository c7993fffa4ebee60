/** The one place where the engine is built: everything it needs comes in, everything it does goes out by the contract. */
import { cleanUp } from '../cleanup/clean-up.ts';
import type { Engine } from '../contract/contract.ts';
import type { QuarantinedRow } from '../contract/quarantine.ts';
import type { Run } from '../control/run-store.ts';
import { sandboxMissing } from '../copy/code/code-errors.ts';
import { checkCodeTypes } from '../mapping/code/check-code-types.ts';
import { createPlan } from '../mapping/suggest-plan.ts';
import { hasCode } from '../plan/code-units.ts';
import { type PlanFile, planFile } from '../plan/plan-file.ts';
import { runPreflight } from '../preflight/preflight.ts';
import { tryCode } from '../rehearsal/code-trial/try-code.ts';
import { readColumnExamples } from '../rehearsal/column-examples.ts';
import { createRehearsal } from '../rehearsal/rehearse.ts';
import { readCauses } from '../report/causes.ts';
import { collectReport } from '../report/collect.ts';
import { createRollback } from '../rollback/rollback.ts';
import { introspect } from '../schema/introspect.ts';
import { latestValidation } from '../validation/stored-validation.ts';
import { refuseLargeSample } from './approval-effects/rehearse.ts';
import { createApprovals } from './approvals.ts';
import { acceptSetAside, approvePlan } from './approve.ts';
import { assembleRun, type EngineDependencies } from './assemble-run.ts';
import { entitiesWithCode, refuseWithoutSandbox, refuseWrongCode } from './code-at-hand.ts';
import { compareWithSource } from './compare-with-source.ts';
import { doneEntities, readDriftedSource } from './drifted-source.ts';
import { dryRunPlan } from './dry-run-plan.ts';
import { enterRollback } from './enter-rollback.ts';
import { explainRow } from './explain-row/explain-row.ts';
import { lookAtTarget } from './look-at-target.ts';
import { isMove, newestMove } from './moves.ts';
import { movingEngines } from './moving-engine.ts';
import { createQuarantine } from './quarantine/quarantine.ts';
import { createAuditReader } from './read-audit.ts';
import { recentEvents } from './recent-events.ts';
import { noRun, requestStop } from './request-stop.ts';
import { resumeRun } from './resume-run.ts';
import { startRun } from './run-migration.ts';
import { readRunStatus } from './status.ts';
import { storedPlan } from './stored-plan.ts';
import { batchesStay, nothingMoved, nothingWritten, tellingState, undoneStays } from './telling-state.ts';

/** The databases stay the caller's: `close` ends what the engine opened, not them. */
export function createEngine(deps: EngineDependencies): Engine {
  const { source, target, log, clock, failpoints, code = null } = deps;
  const { run, control, events, validate } = assembleRun(deps);
  const rollback = createRollback({
    ...{ control, target, events, failpoints, log },
    compare: (of) => compareWithSource({ source, target, control, log, code }, of),
  });
  const consent = { source, target, control, events, rollback };
  const approvals = createApprovals({ ...consent, code });

  const rehearse: Engine['rehearse'] = (plan, options) =>
    createRehearsal({
      source,
      target,
      control,
      log,
      clock,
      open: movingEngines(deps),
      ready: (rehearsed, catalog) =>
        catalog ? refuseWrongCode(code, rehearsed, catalog) : refuseWithoutSandbox(code, rehearsed),
      migrate: async (scratch, settings) => {
        refuseLargeSample(scratch, options.maxRows);
        return startRun(run, scratch, settings, true);
      },
    }).rehearse(plan, options);

  /** Reading commands make nothing: a target without a control schema has no runs. */
  async function findRun(runId: string | undefined): Promise<Run> {
    const installed = (await control.state()) !== 'absent';
    const found = !installed
      ? null
      : runId === undefined
        ? await newestMove(control)
        : await control.runs.get(runId);
    if (found) return found;
    throw noRun();
  }

  async function planOf(of: Run): Promise<PlanFile> {
    return planFile.parse((await control.artifacts.get(of.planHash)).content);
  }

  return {
    events,
    preflight: ({ planNeeds } = {}) =>
      runPreflight({ source, target, log, planNeedsCode: planNeeds?.code ?? false, code }),
    analyze: ({ structureOnly = false, ...options } = {}) =>
      introspect(source, structureOnly ? { ...options, profiles: false, counts: 'none' } : options),
    lookAtTarget: (schema = 'public') => lookAtTarget(target, [schema]),
    createPlan,
    checkCode: async (plan, catalog) => {
      if (!hasCode(plan)) return [];
      if (code === null) throw sandboxMissing(entitiesWithCode(plan));
      return checkCodeTypes(plan, catalog, code);
    },
    examples: (plan, { catalog, entities, count }) =>
      readColumnExamples(source, { plan, catalog, entities, count }),
    storedPlan: (hash) => storedPlan(control, hash),
    async tryCode(plan, options) {
      if (code === null) throw sandboxMissing([options.entity]);
      return tryCode({ source, runners: code }, plan, options);
    },
    rehearse,
    approve: (plan, options) => approvePlan(consent, plan, options),
    acceptSetAside: (runId, options) => acceptSetAside(consent, runId, options),
    requestApproval: approvals.request,
    approvals: ({ states } = {}) => approvals.list(states),
    decideApproval: approvals.decide,
    useApproval: approvals.use,
    migrate: (plan, options) =>
      options.dryRun
        ? tellingState(nothingWritten, () => dryRunPlan(run, plan, options))
        : tellingState(nothingMoved, () => startRun(run, plan, options)),
    resume: (runId, options) =>
      tellingState(batchesStay(runId, options.plan !== undefined), () => resumeRun(run, runId, options)),
    requestPause: (runId, by) => requestStop(control, runId, { action: 'pause', by }),
    requestCancel: (runId, by) => requestStop(control, runId, { action: 'cancel', by }),
    async runs() {
      if ((await control.state()) === 'absent') return [];
      const holder = control.lock.holder();
      const moves = (await control.runs.list()).filter(isMove);
      return Promise.all(moves.map((found) => readRunStatus(control, found, holder)));
    },
    async currentRun(migration) {
      if ((await control.state()) === 'absent') return null;
      const found = await control.runs.current(migration);
      return found === null ? null : readRunStatus(control, found);
    },
    status: async (runId) => readRunStatus(control, await findRun(runId)),
    async throughput(runId) {
      const found = await findRun(runId);
      const seconds = await control.batches.throughput(found.runId);
      return seconds.map(({ at, rows }) => ({ at, rowsPerSecond: rows }));
    },
    async validate({ type, runId, entities, fix, signal }) {
      const found = await findRun(runId);
      const plan = await planOf(found);
      await refuseWithoutSandbox(code, plan);
      const done = await doneEntities(control, found.runId);
      const now = await readDriftedSource({ source, control }, plan, done);
      const drift = now.error(found.runId);
      if (drift !== null) throw drift;
      const { catalog } = now;
      const report = await validate({ runId: found.runId, plan, catalog, type, entities, fix, signal });
      const whole = type === 'all' && entities.length === 0;
      // A run whose own validation was skipped, interrupted or found differences is complete once all of it is verified.
      if (whole && report.overallStatus === 'verified' && found.state === 'copied') {
        await control.runs.move(found.runId, 'completed');
      }
      return report;
    },
    validation: async (runId) => (await latestValidation(control.validations, runId)).report,
    async rollback({ runId: asked, entities, level, preview, forceChanged = false, by, signal }) {
      const found = await findRun(asked);
      const { runId } = found;
      const request = {
        ...{ runId, entities, force: forceChanged },
        ...(level === undefined ? {} : { level }),
        ...(by === undefined ? {} : { by }),
        ...(signal ? { signal } : {}),
      };
      if (preview) return rollback.preview({ ...request, plan: await planOf(found) });
      const scope = { entities, level: level ?? null, forceChanged, forPlan: null };
      return tellingState(undoneStays(runId, scope), async () => {
        const lock = await control.lock.acquire(runId);
        try {
          // the run may have gone over to an edited plan until the lock was free
          const plan = await planOf(await control.runs.get(runId));
          const report = await rollback.undo({ ...request, plan });
          await enterRollback(control, report);
          return report;
        } finally {
          await lock.release();
        }
      });
    },
    async quarantine({ limit, ...filter }) {
      await findRun(filter.runId);
      const rows = await control.quarantine.list({ ...filter, ...(limit === undefined ? {} : { limit }) });
      return rows satisfies QuarantinedRow[];
    },
    async causes(filter) {
      const { runId } = await findRun(filter.runId);
      return readCauses(control, { ...filter, runId });
    },
    ...createQuarantine({ run, findRun, planOf }),
    explainRow: async (of) => explainRow({ source, target, control, log, code }, await findRun(of.runId), of),
    async movedKeys(migration, entity, limit) {
      if ((await control.state()) === 'absent') return [];
      const entityNo = await control.mappings.entityNo(migration, entity);
      return entityNo === null ? [] : control.mappings.someLegacyIds(entityNo, limit);
    },
    recentEvents: (limit) => recentEvents(control, limit),
    ...createAuditReader(control),
    async report(runId) {
      const found = await findRun(runId);
      await control.ensure(); // an older one has no approvals of this shape
      const status = await readRunStatus(control, found);
      return collectReport({ control, run: status, plan: await planOf(found), clock });
    },
    cleanup: ({ olderThanDays }) => cleanUp({ control, olderThanDays }),
    close: async () => {},
  };
}
