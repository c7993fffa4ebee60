/** Puts the cases to the guide, stage by stage, and scores every answer. A case that breaks scores zero, not the whole run. */
import type { Mastra } from '@mastra/core';
import { runEvals } from '@mastra/core/evals';
import { type AgentId, agentIds } from '../../tools/permissions.ts';
import { type EvalCase, type Stage, stages } from './eval-case.ts';
import { createScorers, type Standing, scorerIds } from './scorers.ts';

export interface EvalDependencies {
  readonly mastra: Mastra;
  /** Brings the sample to this point of a migration; called in the order of the stages. */
  advance(stage: Stage): Promise<void>;
  standing(): Promise<Standing>;
  onCase?(result: CaseResult): void;
}

export interface CaseResult {
  readonly id: string;
  readonly about: string;
  readonly stage: Stage;
  readonly agent: AgentId;
  /** The answer, as it was given. */
  readonly said: string;
  /** By scorer; null where it does not apply. */
  readonly scores: Readonly<Record<string, number | null>>;
  /** Why not all are right: scorer and reason. */
  readonly reasons: readonly string[];
  readonly passed: boolean;
}

export async function runCases(deps: EvalDependencies, cases: readonly EvalCase[]): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const stage of stages) {
    const due = cases.filter((one) => one.stage === stage);
    if (due.length === 0 && !cases.some((one) => stages.indexOf(one.stage) > stages.indexOf(stage))) break;
    await deps.advance(stage);
    for (const one of due) {
      const result = await runCase(deps, one);
      results.push(result);
      deps.onCase?.(result);
    }
  }
  return results;
}

async function runCase({ mastra, standing }: EvalDependencies, one: EvalCase): Promise<CaseResult> {
  const agent = one.agent ?? 'orchestrator';
  const before = await standing();
  const reasons: string[] = [];
  let said = '';
  const scorers = createScorers({
    standing: async () => ({ before, now: await standing() }),
    why: (scorer, reason) => void reasons.push(`${scorer}: ${reason}`),
    heard: ({ text }) => {
      said = text;
    },
  });
  const scores = await scored();
  return {
    id: one.id,
    about: one.about,
    stage: one.stage,
    agent,
    said,
    scores: Object.fromEntries(scorerIds.map((id) => [id, scores[id] ?? null])),
    reasons,
    passed: reasons.length === 0,
  };

  async function scored(): Promise<Record<string, number>> {
    try {
      const { scores } = await runEvals({
        target: mastra.getAgentById(agent),
        data: [{ inputs: [...(one.before ?? []), one.say], groundTruth: one }],
        scorers,
      });
      return scores;
    } catch (error) {
      reasons.push(`answer: ${error instanceof Error ? error.message : 'none'}`);
      return Object.fromEntries(scorerIds.map((id) => [id, 0]));
    }
  }
}

/** Agents that no case asks would go untested. */
export function agentsAsked(cases: readonly EvalCase[]): readonly AgentId[] {
  return agentIds.filter((id) => cases.some((one) => (one.agent ?? 'orchestrator') === id));
}

/** Share of the cases in which nothing was wrong. */
export function passRate(results: readonly CaseResult[]): number {
  return results.length === 0 ? 0 : results.filter(({ passed }) => passed).length / results.length;
}
