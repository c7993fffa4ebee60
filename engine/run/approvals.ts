/**
 * Approvals as whoever wants an effect, and the person who decides, meet them: request → decide → use.
 *
 * What a card says is computed when it is asked for, and again when a person says yes: a yes to something that has grown
 * or changed since it was shown is refused, not given. At its use everything is compared a third time. So what a model, a
 * page or a script claims about an effect never matters.
 */
import type { ApprovalCard, ApprovalDecision, ApprovalState, Wish } from '../contract/approvals.ts';
import type { CodeRunners } from '../contract/code.ts';
import type { StoredApproval } from '../control/approval.ts';
import { changed } from '../control/approval-refusal.ts';
import { MigrationError } from '../core/errors.ts';
import { refuseOpenQuestions } from '../plan/open-questions.ts';
import { type PlanFile, planFile } from '../plan/plan-file.ts';
import { refuseInvalid } from '../plan/refuse-invalid.ts';
import { cardOf, shownCard } from './approval-card.ts';
import { acceptAction } from './approval-effects/accept-set-aside.ts';
import type { Effect, EffectDependencies } from './approval-effects/effect.ts';
import { effectOf } from './approval-effects/effect-of.ts';
import { cardsOf } from './approval-effects/retry-quarantine.ts';
import { undoOfSubject } from './approval-effects/undo-subject.ts';
import { alreadyDecided, grown, needsName, needsReason, unknownApproval } from './approval-mistakes.ts';
import { refuseWrongCode } from './code-at-hand.ts';
import {
  HOUR,
  type RecordDependencies,
  recordAttempt,
  recordDecision,
  recordRequest,
} from './record-approval.ts';
import { keepCatalog, readUnchangedSource } from './unchanged-source.ts';

export interface Approvals {
  request(wish: Wish, by: string): Promise<ApprovalCard>;
  list(states?: readonly ApprovalState[]): Promise<ApprovalCard[]>;
  decide(id: string, decision: ApprovalDecision): Promise<ApprovalCard>;
  use(wish: Wish): Promise<ApprovalCard>;
}

export const VALID_HOURS = 24;

export function createApprovals(
  deps: EffectDependencies & RecordDependencies & { readonly code: CodeRunners | null },
): Approvals {
  const { control } = deps;

  /** A person is not asked about a plan that would be refused anyway. */
  async function readSource(plan: PlanFile): Promise<string> {
    refuseOpenQuestions(plan);
    const catalog = await readUnchangedSource(deps, plan);
    refuseInvalid(plan, catalog);
    await refuseWrongCode(deps.code, plan, catalog);
    await keepCatalog(deps, catalog);
    return catalog.fingerprint;
  }

  async function wishOf({ action, planHash, subject, runId }: StoredApproval): Promise<Wish> {
    const number = Number(/=(\d+)$/.exec(subject)?.[1]);
    const faults = /^faults=(\d+) /.exec(subject)?.[1];
    const plan = async () => planFile.parse((await control.artifacts.get(planHash)).content);
    switch (action) {
      case 'rehearse':
        return {
          ...{ action, plan: await plan(), sample: number },
          ...(faults === undefined ? {} : { faults: Number(faults) }),
        };
      case 'clean-up':
        return { action, olderThanDays: number };
      case 'retry-quarantine':
        return { action, runId: runId!, plan: await plan(), cards: cardsOf(subject) };
      case 'rollback':
        return { action, runId: runId!, ...undoOfSubject(subject) };
      case 'accept-set-aside':
      case 'sign-off':
        return { action, runId: runId! };
      default:
        return { action: 'migrate', plan: await plan() };
    }
  }

  async function grant(stored: StoredApproval, decision: Required<Omit<ApprovalDecision, 'decision'>>) {
    const effect = await effectOf(deps, await wishOf(stored));
    const differences = [...changed(effect, stored), ...grownSince(effect, stored)];
    if (differences.length > 0) {
      await control.approvals.close([stored.id]);
      throw grown(stored, differences);
    }
    const { by, reason, validHours } = decision;
    const consent = { by, reason: reason || null, validSeconds: Math.round(validHours * HOUR) };
    return recordDecision(deps, stored.id, effect, consent);
  }

  return {
    async request(wish, by) {
      if (by.trim() === '') throw needsName();
      await control.ensure();
      const effect = await effectOf(deps, wish, readSource);
      if ('plan' in wish) {
        const content = { hash: effect.planHash, kind: 'plan', content: wish.plan };
        await control.artifacts.put({ ...content, parentHash: wish.plan.source.fingerprint });
      }
      return cardOf(await recordRequest(deps, effect, by));
    },
    async list(states) {
      const state = await control.state();
      if (state === 'absent') return [];
      if (state === 'older') await control.ensure();
      return (await control.approvals.cards(states)).map(cardOf);
    },
    async decide(id, { decision, by, reason = '', validHours = VALID_HOURS }) {
      if (by.trim() === '') throw needsName();
      await control.ensure();
      const stored = await control.approvals.find(id);
      if (!stored || stored.card === null) throw unknownApproval(id);
      if (stored.state !== 'requested') throw alreadyDecided(stored);
      if (decision === 'grant' && shownCard(stored).needsReason && reason.trim() === '')
        throw needsReason(stored);
      const decided =
        decision === 'grant'
          ? await grant(stored, { by, reason, validHours })
          : await recordDecision(deps, id, null, { by, reason: reason || null, validSeconds: 0 });
      if (decided) return cardOf(decided);
      throw alreadyDecided((await control.approvals.find(id)) ?? stored);
    },
    async use(wish) {
      await control.ensure();
      return cardOf(await recordAttempt(deps, await effectOf(deps, wish)));
    },
  };
}

function grownSince(effect: Effect, stored: StoredApproval): string[] {
  const before = new Map(shownCard(stored).parts.map((part) => [acceptAction(part), part.rows]));
  const grownPart = (effect.parts ?? []).some((part) => part.rows > (before.get(acceptAction(part)) ?? 0));
  const more = stored.maxRows !== null && effect.rows > stored.maxRows;
  return [
    ...(more || grownPart ? [`the number of rows (${stored.maxRows} shown, ${effect.rows} now)`] : []),
    ...(effect.runId === stored.runId ? [] : ['the run it is about']),
  ];
}

export function isApprovalRefusal(error: unknown): error is MigrationError {
  return error instanceof MigrationError && error.code.startsWith('APPROVAL_');
}
