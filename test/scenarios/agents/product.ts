/**
 * The product as an entry point opens it: engine, journey, Mastra with its agents, tools and workflows, on real databases.
 * The model is the offline guide, or whatever a local server plays. The test is the person: only it holds `engine`.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { createModels, type Models } from '../../../agents/model/models.ts';
import { createOfflineGuide } from '../../../agents/offline-guide/offline-guide.ts';
import { type Conversation, openConversation } from '../../../desk/conversation.ts';
import type { ToolOutcome } from '../../../desk/turn-parts.ts';
import type { ApprovalAction, ApprovalCard } from '../../../engine/contract/approvals.ts';
import type { CodeRunners } from '../../../engine/contract/code.ts';
import type { GuideView, JourneyGuide } from '../../../engine/contract/guide.ts';
import { createClock } from '../../../engine/core/clock.ts';
import { loadConfig } from '../../../engine/core/config.ts';
import { type OpenedJourney, openJourney } from '../../../engine/journey/open-journey.ts';
import { createMastra, type MastraInUse, openStorage } from '../../../mastra.config.ts';
import type { AgentId } from '../../../tools/permissions.ts';
import { compileCache } from '../../helpers/compile-cache.ts';
import type { OpenAiServer } from '../../helpers/openai-server/openai-server.ts';
import type { TestDatabase } from '../../helpers/test-database.ts';

export interface Call {
  readonly agent: string;
  readonly tool: string;
  readonly input: unknown;
}

export interface Turn {
  /** What the person reads. */
  readonly text: string;
  readonly calls: readonly Call[];
  readonly results: readonly {
    readonly agent: string;
    readonly tool: string;
    readonly outcome: ToolOutcome;
  }[];
  /** What the program says where the model could not answer; empty mostly. */
  readonly problems: readonly string[];
}

export interface Product extends Pick<OpenedJourney, 'engine' | 'journey' | 'workspace'> {
  readonly folder: string;
  readonly guide: JourneyGuide;
  readonly mastra: MastraInUse['mastra'];
  readonly models: Models;
  say(text: string, agent?: AgentId): Promise<Turn>;
  /** Another thread. */
  startNew(): Promise<void>;
  /** The person's yes or no to the card that waits; the guided migration looks at it. */
  decide(action: ApprovalAction, decision?: 'grant' | 'decline'): Promise<ApprovalCard>;
  /** The guided migration once nothing works on it. */
  rest(): Promise<GuideView>;
  /** All files of the state folder and the logs, as bytes in latin1 so that nothing is lost. */
  files(): { readonly path: string; readonly text: string }[];
  close(): Promise<void>;
}

export interface ProductOptions {
  readonly source: Pick<TestDatabase, 'url'>;
  readonly target: Pick<TestDatabase, 'url'>;
  /** Absent: the offline guide. */
  readonly server?: OpenAiServer;
  readonly env?: Readonly<Record<string, string>>;
  /** Kept by whoever gave it; else made and removed. */
  readonly folder?: string;
  /** What runs code of the plan in this process. */
  readonly code?: CodeRunners;
  /** Waiting before the next try goes so many times faster. */
  readonly speed?: number;
}

const program = fileURLToPath(new URL('../../../cli/towpath.js', import.meta.url));

export function temporaryPlace(): string {
  return mkdtempSync(join(tmpdir(), 'towpath-agents-'));
}

export async function openProduct(options: ProductOptions): Promise<Product> {
  const { source, target, server } = options;
  const folder = options.folder ?? temporaryPlace();
  const stateFolder = join(folder, '.towpath');
  const databases = { SOURCE_DATABASE_URL: source.url, TARGET_DATABASE_URL: target.url };
  const model =
    server === undefined
      ? {}
      : { OPENAI_API_KEY: server.key, OPENAI_BASE_URL: server.url, TOWPATH_MODEL: server.model };
  const config = loadConfig({ ...databases, ...model, LOG_LEVEL: 'debug', ...options.env });
  const opened = await openJourney({
    config,
    place: { folder },
    logFolder: join(folder, 'logs'),
    code: options.code ?? null,
    launcher: {
      command: [process.execPath, program],
      cwd: folder,
      env: { PATH: process.env.PATH, ...compileCache(), USER: 'tester', ...databases },
    },
  });
  const { engine, journey, workspace, log } = opened;
  const clock = createClock();
  const speed = options.speed ?? 1;
  const models = createModels({
    config,
    log,
    clock: { ...clock, sleep: (milliseconds, signal) => clock.sleep(milliseconds / speed, signal) },
    egressFile: join(stateFolder, 'egress.jsonl'),
    offlineGuide: createOfflineGuide(),
    random: () => 0,
  });
  const storage = openStorage(config, join(stateFolder, 'mastra.db'));
  const inUse = createMastra({ journey, models, log, storage, stateFolder });
  const { guide, mastra } = inUse;
  const conversations = new Map<string, Conversation>();

  async function conversationWith(id: AgentId, startNew: boolean): Promise<Conversation> {
    const known = conversations.get(id);
    if (known !== undefined && !startNew) return known;
    const memory = await mastra.getAgent('orchestrator').getMemory();
    const made = await openConversation({
      agent: mastra.getAgentById(id) as never,
      memory: memory as never,
      resource: 'person',
      startNew: true,
      now: () => clock.now(),
    });
    conversations.set(id, made);
    return made;
  }

  return {
    folder,
    engine,
    journey,
    workspace,
    guide,
    mastra,
    models,
    async say(text, agent = 'orchestrator') {
      const conversation = await conversationWith(agent, false);
      return hear(conversation, text, agent);
    },
    async startNew() {
      await conversationWith('orchestrator', true);
    },
    async decide(action, decision = 'grant') {
      const [card] = await engine.approvals({ states: ['requested'] });
      expect(card, 'a card waits for a person').toMatchObject({ action });
      const decided = await engine.decideApproval(card!.id, {
        decision,
        by: 'Office',
        reason: 'for the test',
      });
      const view = await guide.current();
      if (view.card?.kind === 'approval')
        await guide.continue({ answer: 'look', by: 'Office', cardId: view.cardId });
      return decided;
    },
    rest: () => untilRest(guide),
    files: () => filesOf(folder),
    async close() {
      await inUse.close();
      await opened.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function hear(conversation: Conversation, said: string, agent: string): Promise<Turn> {
  const calls: Call[] = [];
  const results: Turn['results'][number][] = [];
  const problems: string[] = [];
  let text = '';
  for await (const part of conversation.say(said)) {
    if (part.kind === 'text' && part.agent === agent) text += part.text;
    else if (part.kind === 'call') calls.push(part);
    else if (part.kind === 'result') results.push(part);
    else if (part.kind === 'problem') problems.push(part.message);
  }
  return { text, calls, results, problems };
}

async function untilRest(guide: JourneyGuide): Promise<GuideView> {
  for (let tries = 0; tries < 600; tries++) {
    const view = await guide.current();
    if (view.state !== 'working') return view;
    await sleep(200);
  }
  throw new Error('The guided migration did not come to rest within two minutes.');
}

export function filesOf(folder: string): { path: string; text: string }[] {
  const found: { path: string; text: string }[] = [];
  for (const name of existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
    : []) {
    if (!name.isFile()) continue;
    const path = join(name.parentPath, name.name);
    found.push({ path: path.slice(folder.length + 1), text: readFileSync(path, 'latin1') });
  }
  return found;
}
