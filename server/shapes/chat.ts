/**
 * The conversation with the guide, as it streams and as it is read again: messages of AI SDK UI (`ai` 7). Text is the guide's
 * words; what was looked up comes as typed data parts, and the page draws a card from each. Cards for decisions are
 * references: the page shows what lives behind them now, so that an old message never offers an old decision.
 *
 * POST /chat takes `{ text }` and answers with the UI message stream. GET /chat joins the turn that is under way, or
 * answers 204. In `DefaultChatTransport`: `prepareSendMessagesRequest` → `{ api, body: { text } }`,
 * `prepareReconnectToStreamRequest` → `{ api }`, both `/api/v1/migrations/{id}/chat`.
 */
import type { UIMessage } from 'ai';
import { z } from 'zod';
import {
  assessmentFacts,
  catalogFacts,
  fixTrialFacts,
  planFacts,
  rehearsalFacts,
  reportFacts,
  retryFacts,
  rollbackFacts,
  rowFacts,
  tableEntry,
  tableFacts,
  trialFacts,
  validationFacts,
} from '../../engine/contract/facts.ts';

export const longestMessage = 4000;

export const chatRequest = z.object({
  /** What the person says. It approves nothing, whatever it says. */
  text: z.string().trim().min(1).max(longestMessage),
});
export type ChatRequest = z.input<typeof chatRequest>;

export const chatMetadata = z.object({
  /** As shown: “Offline guide (no AI model)”, a model's name, “Towpath”, or a person's name. */
  voice: z.string(),
  /**
   * guide    the guide answers
   * towpath  the program tells news between two turns
   * person   somebody speaks
   */
  from: z.enum(['guide', 'towpath', 'person']),
  /** True for the rule-based guide. */
  offline: z.boolean(),
  at: z.string(),
});
export type ChatMetadata = z.infer<typeof chatMetadata>;

const about = <Name extends string, Data extends z.ZodType>(name: Name, data: Data) =>
  z.object({ about: z.literal(name), data });

/** Facts to be read, by what they are about; shapes of engine/contract/facts.ts. */
export const chatFacts = z.discriminatedUnion('about', [
  about('catalog', catalogFacts),
  about('table', tableFacts),
  about('tables', z.array(tableEntry)),
  about('assessment', assessmentFacts),
  about('plan', planFacts),
  about('rehearsal', rehearsalFacts),
  about('validation', validationFacts),
  about('report', reportFacts),
  /** What undoing would do, or has done. */
  about('undo-preview', rollbackFacts),
  about('undone', rollbackFacts),
  about('row', rowFacts),
  about('code-trial', trialFacts),
  about('fix-trial', fixTrialFacts),
  about('retried', retryFacts),
]);

/** Something found that a person may want to know or decide about; values masked. */
export const chatFinding = z.object({
  /** A check before the start, rows set aside for one cause, a difference between old and new, something to be decided. */
  kind: z.enum(['check', 'set-aside', 'difference', 'decision']),
  /** Of a cause card, for /quarantine. */
  card: z.string().nullable(),
  entity: z.string().nullable(),
  column: z.string().nullable(),
  title: z.string(),
  /** Why it matters, or what to do; null: the title says it. */
  text: z.string().nullable(),
  rows: z.number().nullable(),
  samples: z.array(z.string()),
  suggestion: z.string().nullable(),
  severe: z.boolean(),
});
export type ChatFinding = z.infer<typeof chatFinding>;

/** By the name of the part: `finding` is the part `data-finding`. */
export const chatData = {
  /** The first of `total`. */
  finding: z.object({ findings: z.array(chatFinding), total: z.number() }),
  /** `plan`: of GET /questions, answered there. `guide`: the card of GET /guide, if it still has this id. */
  question: z.discriminatedUnion('of', [
    z.object({ of: z.literal('plan'), number: z.number() }),
    z.object({ of: z.literal('guide'), cardId: z.string() }),
  ]),
  /** How records of one kind move: GET /plan/entities/{entity} has it before and after, masked. */
  mapping: z.object({
    entity: z.string(),
    /** New columns it is about; null: all. */
    columns: z.array(z.string()).nullable(),
    /** A change that was just made, in words. */
    change: z.object({ before: z.string(), after: z.string() }).nullable(),
  }),
  /** Of GET /approvals. Nothing about it stands here: what is decided is what is shown live. */
  approval: z.object({ approvalId: z.string() }),
  /** Of GET /runs/{runId}. */
  progress: z.object({ runId: z.string() }),
  facts: chatFacts,
  /** Suggested replies, the recommended one first. A click sends exactly these words. */
  choices: z.object({ choices: z.array(z.string()) }),
  /** The answer broke off. */
  problem: z.object({ message: z.string(), hint: z.string() }),
  /** Only while it streams, never kept: what the guide is busy with; null: nothing any more. */
  busy: z.object({ words: z.string().nullable() }),
};

type Shapes = typeof chatData;
export type ChatData = { [Name in keyof Shapes]: z.infer<Shapes[Name]> };
export type ChatCard = {
  [Name in keyof ChatData]: { type: `data-${Name}`; data: ChatData[Name] };
}[keyof ChatData];

/** For `useChat<ChatMessage>()`. */
export type ChatMessage = UIMessage<ChatMetadata, ChatData>;

const card = <Name extends keyof Shapes>(name: Name) =>
  z.object({ type: z.literal(`data-${name}`), id: z.string().optional(), data: chatData[name] });

/** Oldest first. Messages as `useChat` takes them. */
export const chatHistory = z.object({
  messages: z.array(
    z.object({
      id: z.string(),
      role: z.enum(['user', 'assistant']),
      metadata: chatMetadata,
      parts: z.array(
        z.discriminatedUnion('type', [
          z.object({ type: z.literal('text'), text: z.string() }),
          card('finding'),
          card('question'),
          card('mapping'),
          card('approval'),
          card('progress'),
          card('facts'),
          card('choices'),
          card('problem'),
        ]),
      ),
    }),
  ),
  /** Earlier ones are kept, but not shown. */
  more: z.boolean(),
  /** True while the guide answers somebody; GET /chat joins that turn. */
  busy: z.boolean(),
  /** Who answers, as shown: “Offline guide (no AI model)”, or a model's name. */
  voice: z.object({ name: z.string(), offline: z.boolean() }),
});
export type ChatHistory = z.infer<typeof chatHistory>;
