/** What the seven have in common: their instructions' file, exactly their tools, and a bounded number of steps that ends in words. */
import { Agent, type AgentExecutionOptions, type DelegationConfig } from '@mastra/core/agent';
import type { MastraModelConfig } from '@mastra/core/llm';
import type { MastraMemory } from '@mastra/core/memory';
import type { AgentId } from '../tools/permissions.ts';
import { type Tools, toolsFor } from '../tools/tools.ts';
import { readInstructions } from './instructions.ts';

export interface AgentDependencies {
  readonly models: { forAgent(id: AgentId): unknown };
  readonly tools: Tools;
}

export interface AgentParts {
  readonly id: AgentId;
  readonly name: string;
  /** For those who delegate: what it can find out or do, and what it cannot. */
  readonly description: string;
  /** Requests to the model for one message. */
  readonly maxSteps: number;
  readonly agents?: Readonly<Record<string, Agent>>;
  readonly memory?: MastraMemory;
  readonly delegation?: DelegationConfig;
}

export function createAgent(parts: AgentParts, { models, tools }: AgentDependencies): Agent {
  const { id, name, description, maxSteps, agents, memory, delegation } = parts;
  const { version, text } = readInstructions(id);
  return new Agent({
    id,
    name,
    description,
    instructions: text,
    metadata: { instructionsVersion: version },
    model: models.forAgent(id) as MastraModelConfig,
    tools: toolsFor(tools, id),
    ...(agents ? { agents: { ...agents } } : {}),
    ...(memory ? { memory } : {}),
    defaultOptions: { maxSteps, prepareStep: endInWords(maxSteps), ...(delegation ? { delegation } : {}) },
  }) as Agent;
}

/** The last step has no tools to call, so that a person gets an answer rather than silence. */
function endInWords(maxSteps: number): NonNullable<AgentExecutionOptions['prepareStep']> {
  return ({ stepNumber }) => (stepNumber >= maxSteps - 1 ? { toolChoice: 'none' } : {});
}
