/**
 * A sensible model as a script: it decides from what the person said and from what tools answered, as the request shows
 * them, and keeps nothing between requests. Everything it says to the person comes from a tool's words.
 */
import type { Decide, Reply, SeenRequest } from '../../helpers/openai-server/openai-server.ts';

interface Answer {
  readonly status?: string;
  readonly words?: string;
  readonly choices?: readonly string[];
  readonly data?: {
    readonly cardId?: string | null;
    readonly choices?: readonly { id: string; label: string }[];
  } | null;
}

/** The one who talks with people, not one who was asked by it. */
export function isGuide({ instructions }: SeenRequest): boolean {
  return instructions.startsWith('You are the guide of Towpath');
}

export const sensibleModel: Decide = (request) => (isGuide(request) ? guide(request) : specialist(request));

/** The orchestrator: looks first, then does the one thing that was asked for, then says what came of it. */
function guide(request: SeenRequest): Reply {
  const { toolResults, lastUserText } = request;
  const said = lastUserText.toLowerCase();
  if (toolResults.length > 0) return { text: toolResults.map(({ output }) => wordsOf(output)).join('\n') };
  if (said === 'hello') return call('whereWeAre', {});
  if (said === 'go ahead') return call('startJourney', {});
  if (said.startsWith('what is in')) return call('agent-schemaAnalysis', { prompt: lastUserText });
  if (said.startsWith('why')) return call('agent-userGuidance', { prompt: lastUserText });
  if (said.startsWith('how far'))
    return {
      text: 'I look it up.',
      toolCalls: [
        { name: 'agent-migrationExecution', arguments: { prompt: lastUserText } },
        { name: 'whereWeAre', arguments: {} },
      ],
    };
  const card = lastCard(request);
  if (card === null) return call('startJourney', {});
  const chosen = card.choices?.find(({ label }) => label.toLowerCase() === said);
  return call('continueJourney', { answer: chosen?.id ?? lastUserText, cardId: card.cardId ?? null });
}

/** The others: two tools at once where they have them, then their words. */
function specialist({ tools, toolResults }: SeenRequest): Reply {
  if (toolResults.length > 0) return { text: toolResults.map(({ output }) => wordsOf(output)).join('\n') };
  const wanted: readonly (readonly [string, object])[] = [
    ['listTables', { search: null }],
    ['describeTable', { table: 'orders' }],
    ['listCauses', { runId: null, entity: null }],
    ['runStatus', { runId: null }],
    ['recentEvents', { limit: 10 }],
  ];
  const held = wanted.filter(([name]) => tools.some((tool) => tool.name === name));
  return { toolCalls: held.map(([name, given]) => ({ name, arguments: { ...given } })) };
}

function call(name: string, given: Readonly<Record<string, unknown>>): Reply {
  return { toolCalls: [{ name, arguments: given }] };
}

/** The newest view of the guided migration in this conversation. */
function lastCard({ turns }: SeenRequest): NonNullable<Answer['data']> | null {
  const newest = turns.findLast(
    (turn) => turn.role === 'tool' && ['startJourney', 'continueJourney'].includes(turn.name),
  );
  return newest?.role === 'tool' ? (read(newest.output).data ?? null) : null;
}

function wordsOf(output: string): string {
  const { words, text } = read(output) as Answer & { text?: string };
  return words ?? text ?? output;
}

function read(output: string): Answer {
  try {
    return JSON.parse(output) as Answer;
  } catch {
    return { words: output };
  }
}
