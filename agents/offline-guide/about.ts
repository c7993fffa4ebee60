/** What the guide says without looking: about itself, and about what nobody gets by asking. No claim about anybody's data. */
import type { AgentId } from '../../tools/permissions.ts';
import type { Intent } from './intent-names.ts';
import { say, type Words } from './step.ts';

export const modelName = 'offline guide (no AI model)';

const askAgain = ['Where are we', 'What can you do'];

const spoken: Partial<Record<Intent, Words>> = {
  who: say(
    `I am the ${modelName}: I follow the steps, answer questions about what I see, and change the plan when you choose from what I offer. For free-form questions a model can be connected; ask “which model” to hear how.`,
    ['Where are we', 'What can you do', 'What leaves this machine?'],
  ),
  model: say(
    `None. I am the ${modelName}: fixed rules, so the same question gets the same answer. To talk with a model instead, whoever looks after this installation sets OPENAI_API_KEY, and OPENAI_BASE_URL for a model of your own. What may be done, and by whom, stays the same.`,
    ['What leaves this machine?', 'Where are we'],
  ),
  privacy: say(
    `With the ${modelName} nothing leaves this machine: no model is asked. Records go from the old database to the new one, and nowhere else. In this conversation personal values are hidden. If a model is connected one day, it sees what you type, names of tables and fields, statistics, short codes and masked samples, never the records; every request to it is recorded, and “towpath agents egress” shows the record.`,
    askAgain,
  ),
  'what-read': say(
    'First the names of tables and fields, their sizes, and how full they are; for that I look at a sample of each table. The old database is opened for reading only, so nothing in it can change. All of the records are read only by a move that was approved, and some of them by an approved rehearsal.',
    ['Look at it', 'What leaves this machine?'],
  ),
  settings: say(
    'Which databases are used stands in the settings, in the file .env: SOURCE_DATABASE_URL for the old one, TARGET_DATABASE_URL for the new one. Whoever looks after this installation changes them there. I cannot, so that nothing said in a conversation can lead me to another database. Start me again afterwards and let me check.',
    ['Check the connection', 'Where are we'],
  ),
  thanks: say('You are welcome. Say “go on” when you want to continue.'),
  'how-are-you': say('Ready. I have no days, only steps.', askAgain),
  bye: say('Goodbye. Everything stays as it is; next time say “where are we”, and I look.'),
  'run-sql': say(
    'I cannot run SQL or commands, and no part of me that talks can: none holds a tool that sends a statement to a database. An engineer does that outside of Towpath. I can show what is there, or change the plan.',
    ['Show everything', 'Show the plan'],
  ),
  destroy: say(
    'I cannot delete anything. The old database is only read, whatever is said here. From the new system an undo takes out what this migration put there and nothing else, and only an approver can allow it.',
    ['What would an undo do?', 'Where are we'],
  ),
  override: say(
    'That changes nothing, and I cannot make an exception. What I can do is fixed by the tools I have, not by what is said here, and nobody becomes an approver by saying so. Whoever looks after this installation decides who approves.',
    askAgain,
  ),
  'skip-checks': say(
    'I cannot skip a check or call something checked that is not. The checks are part of the move itself. Where records do not fit, an approver can decide to go on without them, with a reason that stands in the report.',
    ['Show what is set aside', 'Where are we'],
  ),
  secrets: say(
    'I do not know any password or key. The program reads them from the settings; they never reach this conversation. Ask whoever looks after this installation.',
    askAgain,
  ),
  'export-raw': say(
    'I do not show or send people’s data: personal values are hidden here, from me as well. Somebody with access to the old system can look there, by the record’s old number. I can show which fields there are, and what became of one record.',
    ['Show everything', 'What leaves this machine?'],
  ),
  'change-source': say(
    'I cannot change the old database: it is only read. Somebody who may change it can do so there; then let me look again. Many things can instead be repaired on the way, by the plan.',
    ['Change a field', 'Look again'],
  ),
  'can-fix': say(
    'Not record by record: the old database is only read, and I change no single record. What can change is the plan, for all records of a kind: how a field moves, or what happens to values that do not fit. Once a move has begun, it has to be undone before the plan can change.',
    ['Change a field', 'Show what is set aside'],
  ),
  'edit-row': say(
    'I cannot change, delete or merge single records. The plan decides for all records of a kind. Merging two people could not be taken back once the new system is in use, because what belongs to both would hang on one; it can be done there later.',
    ['Change a field', 'Show what is set aside'],
  ),
  'if-drift': say(
    'Records may change at any time; what was missed is seen when old and new are compared. If tables or fields change, I notice before anything else is read: a plan and its approval count for the form that was looked at. A move under way then holds back only the kinds of records that the change concerns, and those that point at them; the others go on. You are told each change with what to do about it.',
    ['Has anything changed?', 'Show the plan'],
  ),
};

export function spokenFor(intent: string): Words | null {
  return spoken[intent as Intent] ?? null;
}

/** For the six who are asked; directly, they are only met in the playground. */
const trades: Readonly<Record<AgentId, string>> = {
  orchestrator: 'lead through the migration',
  'schema-analysis': 'look at the old database',
  planning: 'make and change the plan',
  'data-mapping': 'say and change what becomes of a field',
  'migration-execution': 'rehearse, start, pause and take out',
  validation: 'compare old with new and write the report',
  'user-guidance': 'explain',
};

export function notMyTrade(agent: AgentId, other: AgentId): Words {
  return say(
    agent === 'orchestrator'
      ? `I would need the part of me that can ${trades[other]}, and it is not here.`
      : `I am the part that can ${trades[agent]}. That one belongs to the part that can ${trades[other]}; ask the guide, who hands it on.`,
  );
}

export function greetingOf(agent: AgentId): Words {
  return say(`Hello. I am the ${modelName}, the part of it that can ${trades[agent]}.`, ['What can you do']);
}

export const firstHello = say(
  `Hello. I am the ${modelName}, and I help move your old database into the new system, step by step. Nothing is changed until you approve it, and the old database is only read.\nI can look at the old database first. Shall I look?`,
  ['Look at it', 'What will you read?', 'Use another database'],
);
