/** Puts an answer on the wire, whole or as server-sent events, with the fault that a test asked for. */
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './script.ts';

type Item = Record<string, unknown>;

export type Answer =
  | { readonly whole: Item }
  /** `named`: with an `event:` line; `done`: ends with [DONE]. */
  | { readonly events: readonly Item[]; readonly named: boolean; readonly done: boolean };

export function sendJson(
  response: ServerResponse,
  status: number,
  body: Item,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** True when the fault was the whole answer. */
export async function sendFault(response: ServerResponse, fault: Fault): Promise<boolean> {
  switch (fault.kind) {
    case 'status': {
      const { status, message = `Scripted status ${status}`, code = null, headers = {} } = fault;
      sendJson(response, status, { error: { message, type: 'scripted', param: null, code } }, headers);
      return true;
    }
    case 'reset':
      response.destroy();
      return true;
    case 'garbage':
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<html>Please sign in</html>');
      return true;
    case 'slow':
      if (fault.head !== undefined) await wait(fault.head, undefined, { ref: false });
      return false;
    default:
      return false;
  }
}

export async function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  fault: Fault | null,
): Promise<void> {
  if ('whole' in answer) return sendJson(response, 200, answer.whole);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (event: Item) => {
    const name = answer.named ? `event: ${String(event.type)}\n` : '';
    response.write(`${name}data: ${JSON.stringify(event)}\n\n`);
  };
  const breakAt = fault !== null && 'afterEvents' in fault ? fault.afterEvents : Number.POSITIVE_INFINITY;
  const breaks = breakAt < 0 ? answer.events.length + breakAt : breakAt;
  for (const [index, event] of answer.events.entries()) {
    if (fault?.kind === 'cut' && index === breaks) {
      if (fault.how === 'clean') return void response.end();
      await wait(20, undefined, { ref: false }); // so that what was written has left
      return void response.destroy();
    }
    if (fault?.kind === 'stream-error' && index === breaks) {
      const error = { type: 'server_error', code: 'server_error', message: fault.message, param: null };
      send(answer.named ? { ...error, type: 'error', sequence_number: index } : { error });
      return void response.end();
    }
    if (fault?.kind === 'slow' && fault.between !== undefined) {
      await wait(fault.between, undefined, { ref: false });
      if (response.destroyed) return;
    }
    send(event);
  }
  if (answer.done) response.write('data: [DONE]\n\n');
  response.end();
}
