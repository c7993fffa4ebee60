/**
 * Talks with people, keeps the thread of the journey, and hands questions on to the six others. What they are told comes
 * from their own files only: instructions that its model would add for them are taken out.
 */
import type { Agent, DelegationConfig } from '@mastra/core/agent';
import { Memory } from '@mastra/memory';
import type { Log } from '../engine/index.ts';
import { type AgentDependencies, createAgent } from './create-agent.ts';

export interface OrchestratorDependencies extends AgentDependencies {
  readonly log: Log;
  /** By the name under which it hands on to them. */
  readonly specialists: Readonly<Record<string, Agent>>;
}

const rememberedMessages = 30;
const mostDelegations = 12;

export function createOrchestrator({ specialists, log, ...deps }: OrchestratorDependencies): Agent {
  return createAgent(
    {
      id: 'orchestrator',
      name: 'Guide',
      description: 'Talks with people and leads them through the migration, step by step.',
      maxSteps: 12,
      agents: specialists,
      memory: new Memory({ options: { lastMessages: rememberedMessages } }),
      delegation: createDelegation(log),
    },
    deps,
  );
}

/** A hook that throws stops the delegation; without `throw` it would be let through. */
function createDelegation(log: Log): DelegationConfig {
  const lines = log.child({ component: 'agents' });
  const handedOn = new Map<string, number>();
  return {
    hookErrorStrategy: 'throw',
    onDelegationStart({ primitiveId, runId }) {
      const count = (handedOn.get(runId) ?? 0) + 1;
      remember(handedOn, runId, count);
      const proceed = count <= mostDelegations;
      lines.info('agent.asked', { agent: primitiveId, count, outcome: proceed ? 'asked' : 'refused' });
      if (proceed) return { proceed, modifiedInstructions: '' };
      return { proceed, rejectionReason: 'Enough was asked for one message. Answer with what is known.' };
    },
    // who is asked sees the conversation, not what the one who asks was told to be
    messageFilter: ({ messages }) => messages.filter(({ role }) => role !== 'system'),
    onDelegationComplete({ primitiveId, result }) {
      if (result.text.trim() !== '') return;
      return {
        resultText: `${primitiveId} gave no answer. Nothing may be concluded from that; look with whereWeAre.`,
      };
    },
  };
}

/** Of the last hundred messages; older ones are over. */
function remember(counts: Map<string, number>, runId: string, count: number): void {
  counts.set(runId, count);
  const [oldest] = counts.keys();
  if (counts.size > 100 && oldest !== undefined) counts.delete(oldest);
}
