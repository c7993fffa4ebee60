/** A conversation with the seven agents, the real tools and the offline guide, on a journey made of facts. */
import { Mastra } from '@mastra/core';
import { InMemoryStore } from '@mastra/core/storage';
import { createAgents } from '../../../agents/agents.ts';
import { createOfflineGuide } from '../../../agents/offline-guide/offline-guide.ts';
import type { GuideView, Journey, JourneyGuide } from '../../../engine/index.ts';
import type { AgentId } from '../../../tools/permissions.ts';
import { createTools } from '../../../tools/tools.ts';
import { createFakeJourney, question } from '../../helpers/fake-journey.ts';
import { createMemoryLog } from '../../tools/memory-log.ts';

export interface Heard {
  readonly text: string;
  /** Calls of the agent that was spoken to, as `tool {input}`. */
  readonly calls: readonly string[];
}

export interface Talk {
  say(text: string): Promise<Heard>;
  /** Everything that was asked of the journey, by name. */
  asked(): readonly (readonly [string, readonly unknown[]])[];
  readonly guideCalls: readonly unknown[];
}

export interface TalkOptions {
  readonly journey?: Partial<Journey>;
  /** The journey's views, one a call; the last one stays. */
  readonly views?: readonly GuideView[];
  readonly streams?: boolean;
  readonly agent?: AgentId;
}

export function openTalk({
  journey: over = {},
  views = [],
  streams = false,
  agent = 'orchestrator',
}: TalkOptions): Talk {
  const { journey, calls } = createFakeJourney(over);
  const { log } = createMemoryLog();
  const guideCalls: unknown[] = [];
  const left = [...views];
  let shown: GuideView | null = null;
  const show = async (what: unknown) => {
    guideCalls.push(what);
    shown = left.length > 1 ? left.shift()! : left[0]!;
    return shown;
  };
  const current = async () => shown ?? { ...question, state: 'not-begun' as const, card: null };
  const guide: JourneyGuide = { start: show, continue: show, current, leave: show };
  const agents = createAgents({
    models: createOfflineGuide(),
    tools: createTools({ journey, guide, log }),
    log,
  });
  const mastra = new Mastra({ agents, storage: new InMemoryStore(), logger: false });
  const speaker = mastra.getAgentById(agent);
  const history: { role: 'user' | 'assistant'; content: string }[] = [];
  // only the orchestrator remembers; others are given what was said
  const options = agent === 'orchestrator' ? { memory: { thread: 'talk', resource: 'marta' } } : {};
  return {
    guideCalls,
    asked: () => calls,
    async say(text) {
      history.push({ role: 'user', content: text });
      const message = agent === 'orchestrator' ? text : history;
      const heard = streams
        ? await streamed(await speaker.stream(message as string, options))
        : await whole(speaker.generate(message as string, options));
      history.push({ role: 'assistant', content: heard.text });
      return heard;
    },
  };
}

interface Called {
  readonly payload: { readonly toolName: string; readonly args?: unknown };
}

async function whole(
  answer: Promise<{ text: string; toolCalls: unknown[]; steps: { toolCalls: unknown[] }[] }>,
): Promise<Heard> {
  const { text, steps } = await answer;
  return { text, calls: steps.flatMap(({ toolCalls }) => toolCalls as Called[]).map(wordsOf) };
}

async function streamed({ fullStream }: { fullStream: AsyncIterable<unknown> }): Promise<Heard> {
  const calls: string[] = [];
  const deltas: string[] = [];
  for await (const part of fullStream as AsyncIterable<
    { type: string } & Called & { payload: { text?: string } }
  >) {
    if (part.type === 'tool-call') calls.push(wordsOf(part));
    if (part.type === 'text-delta') deltas.push(part.payload.text ?? '');
    if (part.type === 'error') throw new Error(JSON.stringify(part.payload));
  }
  if (deltas.length < 2) throw new Error(`not streamed word by word: ${deltas.join('|')}`);
  return { text: deltas.join(''), calls };
}

function wordsOf({ payload: { toolName, args } }: Called): string {
  return `${toolName} ${JSON.stringify(args ?? {})}`;
}
