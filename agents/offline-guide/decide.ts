/**
 * One decision of the guide, the same for the same conversation: ask a tool, hand on, or speak. At most three tool calls
 * for one message and never the same one twice, so it always ends in words.
 */
import type { AgentId } from '../../tools/permissions.ts';
import { greetingOf, notMyTrade, spokenFor } from './about.ts';
import { tell } from './answer.ts';
import { backSentence } from './answers/change.ts';
import { greeting, notUnderstood, unknown } from './answers/state.ts';
import { readConversation } from './conversation.ts';
import { type Dialogue, readDialogue } from './dialogue.ts';
import { readIntent, type Understood } from './intents.ts';
import { readQuestionNumber } from './question-number.ts';
import { answerJourney, throughJourney } from './routes/journey.ts';
import { ask } from './routes/lookup.ts';
import { lines } from './routes/routes.ts';
import { call, type Moment, type Step, type Words } from './step.ts';

const mostCalls = 3;

export interface Question {
  readonly agent: AgentId;
  readonly prompt: readonly unknown[];
  /** Names of the tools that may be called now. */
  readonly tools: readonly string[];
}

export function decide({ agent, prompt, tools }: Question): Step {
  const conversation = readConversation(prompt);
  const moment: Moment = {
    agent,
    dialogue: readDialogue(conversation),
    results: conversation.results,
    offered: new Set(tools),
  };
  return allowed(moment, stepOf(moment));
}

function stepOf(moment: Moment): Step {
  const { agent, dialogue, results, offered } = moment;
  const intent = intentOf(dialogue);
  const handedOn = results.findLast(({ tool }) => tool.startsWith('agent-'));
  const lost = intent === 'name' && /did not understand/.test(handedOn?.text ?? '');
  if (handedOn && !lost) return tell(handedOn);
  if (dialogue.journeyAnswer !== null && offered.has('continueJourney')) {
    return answerJourney(moment, dialogue.journeyAnswer);
  }
  const throughIt = offered.has('continueJourney') ? throughJourney(moment) : null;
  if (throughIt !== null) return throughIt;
  const spoken = spokenFor(intent);
  if (spoken !== null) return spoken;
  if (intent === 'greeting')
    return agent === 'orchestrator' ? ask(moment, 'whereWeAre', {}, greeting) : greetingOf(agent);
  if (intent === 'unknown' || lost) return ask(moment, 'whereWeAre', {}, unknown(agent, dialogue.said));
  const line = lines[intent];
  if (line === undefined) return notUnderstood(agent, dialogue.said, null);
  const expert = `agent-${camelCase(line.agent)}`;
  if (agent !== line.agent && offered.has(expert)) return call(expert, { prompt: dialogue.wanted });
  return line.route(moment);
}

/** “Undo it”, right after a change, means the change; “why?”, right after a question of the plan, means the question. */
function intentOf({ understood, lastWords }: Dialogue): Understood['intent'] {
  const { intent, sentence } = understood;
  const bare = /^(undo|undo (it|that|this)|take (it|that) back)$/.test(sentence.forms.at(-1) ?? '');
  if (intent === 'why' && /^why$/.test(bareForm(sentence)) && readQuestionNumber(lastWords) !== null)
    return 'question-why';
  return intent === 'rollback' && bare && backSentence.test(lastWords) ? 'undo-change' : intent;
}

function bareForm({ forms }: Understood['sentence']): string {
  return forms.at(-1) ?? '';
}

/** What may not be called is not called: the answer is then made of what is known. */
function allowed(moment: Moment, step: Step): Step {
  if (step.kind === 'say') return withoutSame(moment, step);
  const { results, offered, agent, dialogue } = moment;
  const repeated = results.some(({ tool, input }) => tool === step.tool && same(input, step.input));
  if (offered.has(step.tool) && !repeated && results.length < mostCalls) return step;
  const last = results.at(-1);
  if (last) return tell(last);
  return withoutTools(agent, dialogue.understood.intent, dialogue.said);
}

/** Where the next of the same, or a second yes or no, is what is offered. */
const asksAgain: readonly string[] = ['go-through', 'new-plan', 'cancel', 'stop', 'yes', 'no'];

/** What was just asked for is not offered again. */
function withoutSame({ dialogue: { understood } }: Moment, words: Words): Words {
  const isSame = (choice: string) => {
    const { intent, slots } = readIntent(choice);
    return intent === understood.intent && Object.keys(slots).length === 0 && !asksAgain.includes(intent);
  };
  return { ...words, choices: words.choices.filter((choice) => !isSame(choice)) };
}

function withoutTools(agent: AgentId, intent: string, said: string): Words {
  const line = lines[intent as keyof typeof lines];
  if (line === undefined || line.agent === agent) return notUnderstood(agent, said, null);
  return notMyTrade(agent, line.agent);
}

function same(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(b).every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));
}

function camelCase(id: string): string {
  return id.replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
