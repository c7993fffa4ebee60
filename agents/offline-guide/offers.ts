/** What can be asked for at each step, in words that the guide itself understands. */
import type { JourneyStep } from '../../engine/index.ts';
import type { AgentId } from '../../tools/permissions.ts';

const early = ['Look at the old database', 'What will you read?', 'Is it safe?', 'What leaves this machine?'];
const planned = ['Show the plan', 'How long will it take?', 'What could go wrong?', 'Change a field'];

const atStep: Readonly<Record<JourneyStep, readonly string[]>> = {
  connect: ['Check the connection', 'Use another database', 'What will you read?', 'Is it safe?'],
  preflight: early,
  analyse: early,
  plan: ['Make a plan', 'Show the questions', 'What did you find?', 'Show everything', 'Explain a table'],
  rehearse: ['Rehearse first', ...planned, 'Explain a table'],
  migrate: [
    'Where are we',
    'Show what is set aside',
    'Show the plan',
    'What could go wrong?',
    'Can I undo it?',
  ],
  validate: ['Compare everything', 'Show what is set aside', 'Does the money add up?', 'Can I undo it?'],
  report: ['Write the report', 'Show what is set aside', 'Does the money add up?', 'Can I undo it?'],
  'sign-off': ['Sign off', 'Open the report', 'Show what is set aside', 'Can I undo it?'],
  done: ['Open the report', 'Show what is set aside', 'Does the money add up?', 'Can I undo it?'],
};

const ofAgent: Readonly<Record<AgentId, readonly string[]>> = {
  orchestrator: [
    'Where are we',
    'Look at the old database',
    'Show the plan',
    'Is it safe?',
    'What leaves this machine?',
  ],
  'schema-analysis': [
    'Check the connection',
    'Look at the old database',
    'Show everything',
    'Explain a table',
    'Has anything changed?',
  ],
  planning: [
    'Make a plan',
    'Show the plan',
    'What could go wrong?',
    'What are you unsure about?',
    'Leave out a table',
  ],
  'data-mapping': [
    'Show how a field moves',
    'Rename a field',
    'Leave a field out',
    'What are you unsure about?',
    'Show the questions',
  ],
  'migration-execution': [
    'Rehearse first',
    'Start the move',
    'How far is it',
    'Pause',
    'Show what is set aside',
  ],
  validation: ['Compare everything', 'Show the differences', 'Does the money add up?', 'Open the report'],
  'user-guidance': [
    'Where are we',
    'Show the plan',
    'Explain a table',
    'Show what is set aside',
    'What happened',
  ],
};

export function offersAt(step: JourneyStep | null, agent: AgentId): readonly string[] {
  return agent === 'orchestrator' && step !== null ? atStep[step] : ofAgent[agent];
}

/** As one sentence: “look at the old database, show the plan, …”. */
export function offersInWords(offers: readonly string[]): string {
  return offers
    .map((offer) =>
      /^(what|how|is|can|does|has|where)\b/i.test(offer)
        ? `answer “${offer.replace(/\?$/, '')}?”`
        : first(offer),
    )
    .join(', ');
}

function first(offer: string): string {
  return offer.charAt(0).toLowerCase() + offer.slice(1);
}
