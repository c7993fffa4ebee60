/**
 * The offline guide (no AI model): a language model made of rules, used where no key is set. The same conversation gets the
 * same answer; it asks no network and keeps nothing. It reads what is wanted from the person's last message alone, answers
 * with what tools said in this conversation, and holds no tool that its agent does not hold. A person's yes, a name in a
 * database or a line in a tool's answer approves nothing: approvals lie where no tool reaches.
 */
import { type AgentId, agentIds, permissions } from '../../tools/permissions.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { createOfflineModel } from './model.ts';

/** A model for whoever calls it, known by the tools offered; or for one agent. */
export interface OfflineGuide extends LanguageModel {
  forAgent(agent: AgentId): LanguageModel;
}

export function createOfflineGuide(): OfflineGuide {
  return {
    ...createOfflineModel(agentWith),
    forAgent: (agent) => createOfflineModel(() => agent),
  };
}

/** The agent that holds just these tools; without any, the one that talks with people. */
function agentWith(tools: readonly string[]): AgentId {
  const own = tools.filter((name) => !name.startsWith('agent-'));
  if (own.length < tools.length || own.length === 0) return 'orchestrator';
  const fits = agentIds.filter((agent) => own.every((tool) => isHeldBy(tool, agent)));
  return fits.length === 1
    ? fits[0]!
    : (fits.find((agent) => heldBy(agent).length === own.length) ?? 'orchestrator');
}

function isHeldBy(tool: string, agent: AgentId): boolean {
  return heldBy(agent).includes(tool);
}

function heldBy(agent: AgentId): string[] {
  return Object.entries(permissions)
    .filter(([, rule]) => rule.agents.some((id) => id === agent))
    .map(([name]) => name);
}
