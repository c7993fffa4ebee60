/**
 * A server on this machine that speaks OpenAI's API, for every test in which a model is configured. What it answers is
 * scripted; what it is asked is checked: a request that OpenAI would refuse is refused with 400 and remembered in
 * `violations`, which every test should expect to be empty.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { z } from 'zod';
import { chatAnswer, chatEvents } from './chat-answer.ts';
import { chatConversationProblems, chatRequest } from './chat-request.ts';
import { responsesAnswer, responsesEvents } from './responses-answer.ts';
import { responsesConversationProblems, responsesRequest } from './responses-request.ts';
import type { Decide, Endpoint, Fault, Reply, SeenRequest } from './script.ts';
import { seeAnything, seeChat, seeResponses } from './seen-request.ts';
import { type Answer, sendAnswer, sendFault, sendJson } from './wire.ts';

export type { Decide, Fault, Reply, SeenRequest } from './script.ts';

export interface OpenAiServerOptions {
  /** Replies in this order; the last one is said again. Or a function of the request. */
  readonly script: readonly Reply[] | Decide;
  /** For the requests in this order; null: none. Or a function of the request. */
  readonly faults?: readonly (Fault | null)[] | ((request: SeenRequest) => Fault | null);
  /** Refuses every other key with 401. Null: asks for none. */
  readonly key?: string | null;
  readonly model?: string;
  /** What a compatible server may lack: an endpoint, which then answers so. */
  readonly lacks?: Partial<Record<Endpoint, 404 | 405 | 501>>;
  /** Default true: a tool that is not `strict: true` is a violation. */
  readonly strictTools?: boolean;
}

export interface OpenAiServer {
  /** For OPENAI_BASE_URL; ends in /v1. */
  readonly url: string;
  readonly key: string;
  readonly model: string;
  /** All that came in at a known path, refused ones too. */
  readonly requests: readonly SeenRequest[];
  /** Everything a request got wrong. */
  readonly violations: readonly string[];
  close(): Promise<void>;
}

export async function startOpenAiServer(options: OpenAiServerOptions): Promise<OpenAiServer> {
  const key = options.key === undefined ? 'sk-test-key-of-nobody-0123456789' : options.key;
  const model = options.model ?? 'test-model';
  const requests: SeenRequest[] = [];
  const violations: string[] = [];
  let replies = 0;

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const endpoint = endpointOf(incoming);
    if (endpoint === null) return sendJson(response, 404, error(`Unknown path ${incoming.url ?? ''}`));
    const text = await readText(incoming);
    const lacking = options.lacks?.[endpoint];
    if (lacking !== undefined) return sendJson(response, lacking, error('This server has no such endpoint'));
    const body: unknown = text === '' ? {} : JSON.parse(text);
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([n, v]) => [n, String(v)]));
    const wire = { index: requests.length, endpoint, headers, text, body: body as Record<string, unknown> };
    const { seen, problems } = check(wire, options.strictTools !== false);
    requests.push(seen);
    if (key !== null && headers.authorization !== `Bearer ${key}`) {
      return sendJson(response, 401, error(`Incorrect API key: ${headers.authorization}`, 'invalid_api_key'));
    }
    if (problems.length > 0) {
      violations.push(...problems.map((problem) => `request ${wire.index} (${endpoint}): ${problem}`));
      return sendJson(response, 400, error(problems.join(' '), null, 'invalid_request_error'));
    }
    if (wire.body.model !== model) {
      const message = `The model '${String(wire.body.model)}' does not exist`;
      return sendJson(response, 404, error(message, 'model_not_found'));
    }
    const fault = faultOf(options.faults, seen);
    if (fault !== null && (await sendFault(response, fault))) return;
    const reply = await replyOf(options.script, seen, replies++);
    await sendAnswer(response, answerOf(seen, reply), fault);
  };

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((cause: unknown) => {
      violations.push(`the server itself failed: ${String(cause)}`);
      if (!response.headersSent) sendJson(response, 500, error(String(cause)));
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    key: key ?? '',
    model,
    requests,
    violations,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function endpointOf(incoming: IncomingMessage): Endpoint | null {
  if (incoming.method !== 'POST') return null;
  const path = (incoming.url ?? '').split('?')[0];
  return path === '/v1/responses' ? 'responses' : path === '/v1/chat/completions' ? 'chat' : null;
}

function check(wire: Parameters<typeof seeAnything>[0], strictTools: boolean) {
  const result = wire.endpoint === 'responses' ? checkResponses(wire) : checkChat(wire);
  const loose = result.seen.tools.filter(({ strict }) => strictTools && strict !== true);
  return {
    seen: result.seen,
    problems: [...result.problems, ...loose.map(({ name }) => `Tool '${name}' is not strict.`)],
  };
}

function checkResponses(wire: Parameters<typeof seeAnything>[0]) {
  const parsed = responsesRequest.safeParse(wire.body);
  if (!parsed.success) return { seen: seeAnything(wire), problems: issues(parsed.error) };
  return { seen: seeResponses(wire, parsed.data), problems: responsesConversationProblems(parsed.data) };
}

function checkChat(wire: Parameters<typeof seeAnything>[0]) {
  const parsed = chatRequest.safeParse(wire.body);
  if (!parsed.success) return { seen: seeAnything(wire), problems: issues(parsed.error) };
  return { seen: seeChat(wire, parsed.data), problems: chatConversationProblems(parsed.data) };
}

function issues(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const inner = 'errors' in issue ? ` ${JSON.stringify(issue.errors).slice(0, 600)}` : '';
    return `${issue.path.join('.')}: ${issue.message}${inner}`;
  });
}

function faultOf(faults: OpenAiServerOptions['faults'], request: SeenRequest): Fault | null {
  if (faults === undefined) return null;
  return typeof faults === 'function' ? faults(request) : (faults[request.index] ?? null);
}

async function replyOf(
  script: OpenAiServerOptions['script'],
  request: SeenRequest,
  turn: number,
): Promise<Reply> {
  if (typeof script === 'function') return script(request);
  return script[Math.min(turn, script.length - 1)] ?? { text: 'Nothing to say.' };
}

function answerOf(request: SeenRequest, reply: Reply): Answer {
  if (request.endpoint === 'responses') {
    return request.stream
      ? { events: responsesEvents(request, reply), named: true, done: false }
      : { whole: responsesAnswer(request, reply) };
  }
  return request.stream
    ? { events: chatEvents(request, reply), named: false, done: true }
    : { whole: chatAnswer(request, reply) };
}

function error(message: string, code: string | null = null, type = 'server_error'): Record<string, unknown> {
  return { error: { message, type, param: null, code } };
}

async function readText(incoming: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
