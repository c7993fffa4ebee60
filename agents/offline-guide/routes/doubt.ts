/** “Why?” and “How do you know?”: about what was said last. */

import { reasonOf } from '../answers/mapping.ts';
import { risks, unsure } from '../answers/plan.ts';
import { causes } from '../answers/results.ts';
import { howLong, safe } from '../answers/state.ts';
import { reasonsOfTable } from '../answers/tables.ts';
import type { ToolResult } from '../conversation.ts';
import type { Understood } from '../intents.ts';
import { placeOf } from '../slots.ts';
import { type Moment, type Step, say } from '../step.ts';
import { ask, type Route } from './lookup.ts';

/** Asks again for what the last question was about, this time for its reasons. */
export const why: Route = (moment) => {
  const about = moment.dialogue.understood.slots.about ?? '';
  const hard = /^(?:is|are) (.+?) (?:so |that )?(?:hard|difficult|complicated)$/.exec(about);
  if (hard) return ask(moment, 'describeTable', { table: hard[1] }, reasonsOfTable);
  const byWord = words.find(([pattern]) => pattern.test(about));
  if (byWord) return byWord[1](moment);
  const before = moment.dialogue.asked.find(({ intent }) => !silent.includes(intent));
  return byTopic(moment, before ?? null);
};

const silent: readonly string[] = [
  'unknown',
  'why',
  'how-know',
  'yes',
  'go-on',
  'choice',
  'greeting',
  'thanks',
  'help',
  'no',
  'later',
];

const words: readonly (readonly [RegExp, Route])[] = [
  [/approv|permission|signature/, (moment) => ask(moment, 'explainTerm', { term: 'approval' })],
  [/rehears|try it|test run/, (moment) => ask(moment, 'explainTerm', { term: 'rehearsal' })],
  [
    /set aside|quarantin|not moved|left out|repaired|fail/,
    (moment) => ask(moment, 'listCauses', { runId: null, entity: null }, causes),
  ],
  [/stop|paus|wait|not go|not start|broke|crash|stuck/, (moment) => ask(moment, 'whereWeAre')],
  [/long|slow/, (moment) => ask(moment, 'whereWeAre', {}, howLong)],
];

function byTopic(moment: Moment, topic: Understood | null): Step {
  if (topic !== null && changesPlan(topic.intent))
    return say(
      'Because it was asked for in this conversation. I change nothing in the plan on my own, and it can be changed until the move starts.',
      ['Show the plan'],
    );
  const { table, column } = topic === null ? moment.dialogue.topic : placeOf(topic);
  switch (topic?.intent) {
    case 'list-set-aside':
    case 'retry-set-aside':
    case 'accept-set-aside':
    case 'go-through':
    case 'can-fix':
      return ask(moment, 'listCauses', { runId: null, entity: null }, causes);
    case 'show-plan':
    case 'new-plan':
    case 'go-wrong':
      return ask(moment, 'readPlan', {}, risks);
    case 'unsure':
    case 'accept-suggestion':
    case 'reject-suggestion':
      return ask(moment, 'readPlan', {}, unsure);
    case 'rehearse':
      return ask(moment, 'explainTerm', { term: 'rehearsal' });
    case 'approve':
    case 'waiting':
    case 'start-move':
      return ask(moment, 'explainTerm', { term: 'approval' });
    case 'safe':
      return ask(moment, 'whereWeAre', {}, safe);
    case 'how-long':
      return ask(moment, 'whereWeAre', {}, howLong);
    case 'explain':
      if (table !== null) return ask(moment, 'describeTable', { table }, reasonsOfTable);
      break;
    case 'show-mapping':
    case 'explain-column': {
      const entity = table ?? column;
      if (entity !== null)
        return ask(
          moment,
          'readMapping',
          { entity },
          table === null || column === null ? undefined : reasonOf(column),
        );
      break;
    }
    default:
  }
  return ask(moment, 'recentEvents', { limit: 5 }, (_data, { words: told }) =>
    say(`I do not know the reason for that; I can tell what happened last. ${told}`, [
      'Where are we',
      'Show the plan',
    ]),
  );
}

const planChanges =
  /^(set-|rename-column|leave-out-column|exclude-table|add-filter|remove-filter|undo-change)/;

function changesPlan(intent: string): boolean {
  return planChanges.test(intent);
}

/** Shows the tool results that the last answer was made of. */
export const howKnow: Route = ({ dialogue: { earlier, lastWords, asked } }) => {
  const last = earlier.at(-1);
  if (last === undefined || !isFrom(last, lastWords)) {
    return say(
      asked.length === 0
        ? 'I have said nothing about your data yet. What I say about it is always looked up.'
        : 'What I said last was about how I work, and not about your data. Each number that I name is looked up right before I say it.',
      ['Where are we'],
    );
  }
  const words = last.answer?.words ?? last.text ?? '';
  return say(
    `I looked it up before I said it: ${sourceOf(last)}. The answer was: “${shorten(words)}” I added nothing to it. You can have it looked up again at any time.`,
    ['Where are we', 'What happened'],
  );
};

function isFrom({ answer, text }: ToolResult, lastWords: string): boolean {
  const words = answer?.words ?? text ?? '';
  return (
    words !== '' &&
    (lastWords.includes(words.slice(0, 40)) ||
      numbersOf(lastWords).some(
        (number) =>
          words.includes(number) || JSON.stringify(answer?.data ?? '').includes(number.replaceAll(',', '')),
      ))
  );
}

function numbersOf(text: string): string[] {
  return text.match(/\d[\d,.]*\d|\d/g) ?? [];
}

const sources: Readonly<Record<string, string>> = {
  whereWeAre: 'in the files of this migration and in its records in the new system (whereWeAre)',
  startJourney: 'by taking the step itself (startJourney)',
  continueJourney: 'by taking the step itself (continueJourney)',
  requestApproval: 'in the list of approvals (requestApproval)',
  'agent-schemaAnalysis': 'by the part that looks at the old database (schema-analysis)',
  'agent-planning': 'by the part that keeps the plan (planning)',
  'agent-dataMapping': 'by the part that keeps the rules of each field (data-mapping)',
  'agent-migrationExecution': 'by the part that watches the move (migration-execution)',
  'agent-validation': 'by the part that compares old with new (validation)',
  'agent-userGuidance': 'by the part that explains (user-guidance)',
};

function sourceOf({ tool }: ToolResult): string {
  return sources[tool] ?? `with the tool ${tool}`;
}

function shorten(words: string): string {
  const flat = words
    .replace(/\n\[[^\n]*\]$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return flat.length > 400 ? `${flat.slice(0, 399)}…` : flat;
}
