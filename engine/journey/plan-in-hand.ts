/** The plan file as it stands, checked against the kept catalog; the only plan that the journey's steps act on. */
import { MigrationError } from '../core/errors.ts';
import type { PlanFinding } from '../plan/finding.ts';
import { refuseOpenQuestions } from '../plan/open-questions.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { JourneyDependencies } from './dependencies.ts';

export interface PlanInHand {
  readonly plan: PlanFile;
  readonly hash: string;
  /** Errors only; warnings do not stop anybody. */
  readonly mistakes: readonly PlanFinding[];
}

/** Null: there is no plan yet. Throws PLAN_INVALID for a file that cannot be read as a plan. */
export function planInHand({ workspace }: Pick<JourneyDependencies, 'workspace'>): PlanInHand | null {
  const found = workspace.planOnFile();
  if (found === null) return null;
  if (!found.ok) {
    throw new MigrationError({
      code: 'PLAN_INVALID',
      message: `The plan file cannot be used: ${found.findings[0]!.message}`,
      hint: 'Correct the file (towpath map --check names the lines), or have a new plan made.',
    });
  }
  const { plan, hash, findings } = found;
  return { plan, hash, mistakes: findings.filter(({ severity }) => severity === 'error') };
}

/** @throws PLAN_MISSING or PLAN_INVALID */
export function anyPlan(deps: Pick<JourneyDependencies, 'workspace'>): PlanInHand {
  const found = planInHand(deps);
  if (found !== null) return found;
  throw new MigrationError({
    code: 'PLAN_MISSING',
    message: 'There is no plan yet.',
    hint:
      deps.workspace.readCatalog() === null
        ? 'Look at the old database first, then have a plan made.'
        : 'Have one made; it is a proposal that you can change.',
  });
}

/** @throws PLAN_MISSING, PLAN_INVALID, PLAN_HAS_MISTAKES or PLAN_HAS_QUESTIONS */
export function usablePlan(deps: Pick<JourneyDependencies, 'workspace'>): PlanInHand {
  const found = anyPlan(deps);
  if (found.mistakes.length > 0) {
    throw new MigrationError({
      code: 'PLAN_HAS_MISTAKES',
      message: `The plan has mistakes that must be put right first: ${found.mistakes[0]!.path}: ${found.mistakes[0]!.message}`,
      hint: found.mistakes[0]!.hint,
      details: { mistakes: found.mistakes.length },
    });
  }
  refuseOpenQuestions(found.plan);
  return found;
}

/** For looking only: a file that cannot be read as a plan counts as none; the steps that need it say what is wrong. */
export function readablePlan(deps: Pick<JourneyDependencies, 'workspace'>): PlanInHand | null {
  try {
    return planInHand(deps);
  } catch (error) {
    if (error instanceof MigrationError && error.code === 'PLAN_INVALID') return null;
    throw error;
  }
}
