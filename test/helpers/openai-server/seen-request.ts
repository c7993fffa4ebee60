/** Turns a checked request of either endpoint into what a script sees of it. */
import type { ChatRequest } from './chat-request.ts';
import type { ResponsesRequest } from './responses-request.ts';
import type { Endpoint, SeenRequest, SeenTurn } from './script.ts';

interface Wire {
  readonly index: number;
  readonly endpoint: Endpoint;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export function seeResponses(wire: Wire, request: ResponsesRequest): SeenRequest {
  return complete(wire, request.stream === true, responsesTurns(request), toolsOf(request.tools ?? []));
}

export function seeChat(wire: Wire, request: ChatRequest): SeenRequest {
  const tools = toolsOf((request.tools ?? []).map((tool) => tool.function));
  return complete(wire, request.stream === true, chatTurns(request), tools);
}

/** For a request that does not fit: nothing but what came in. */
export function seeAnything(wire: Wire): SeenRequest {
  return complete(wire, wire.body.stream === true, [], []);
}

function complete(
  wire: Wire,
  stream: boolean,
  turns: readonly SeenTurn[],
  tools: SeenRequest['tools'],
): SeenRequest {
  const lastUser = turns.findLastIndex((turn) => turn.role === 'user');
  const user = turns[lastUser];
  return {
    ...wire,
    stream,
    turns,
    tools,
    instructions: turns.flatMap((turn) => (turn.role === 'system' ? [turn.text] : [])).join('\n'),
    lastUserText: user?.role === 'user' ? user.text : '',
    toolResults: turns.slice(lastUser + 1).filter((turn) => turn.role === 'tool'),
  };
}

function responsesTurns({ input }: ResponsesRequest): SeenTurn[] {
  if (typeof input === 'string') return [{ role: 'user', text: input }];
  const names = new Map<string, string>();
  return input.flatMap((item): SeenTurn[] => {
    if (item.type === 'function_call') {
      names.set(item.call_id, item.name);
      return [{ role: 'call', name: item.name, callId: item.call_id, arguments: item.arguments }];
    }
    if (item.type === 'function_call_output') {
      const output = textOf(item.output);
      return [{ role: 'tool', name: names.get(item.call_id) ?? '', callId: item.call_id, output }];
    }
    if (item.type === 'reasoning' || item.type === 'item_reference') return [];
    return [{ role: item.role === 'developer' ? 'system' : item.role, text: textOf(item.content) }];
  });
}

function chatTurns({ messages }: ChatRequest): SeenTurn[] {
  const names = new Map<string, string>();
  return messages.flatMap((message): SeenTurn[] => {
    if (message.role === 'tool') {
      const callId = message.tool_call_id;
      return [{ role: 'tool', name: names.get(callId) ?? '', callId, output: textOf(message.content) }];
    }
    if (message.role !== 'assistant') {
      const role = message.role === 'developer' ? 'system' : message.role;
      return [{ role, text: textOf(message.content) }];
    }
    const words: SeenTurn[] =
      message.content == null || message.content === ''
        ? []
        : [{ role: 'assistant', text: textOf(message.content) }];
    const calls = (message.tool_calls ?? []).map(({ id, function: { name, arguments: given } }): SeenTurn => {
      names.set(id, name);
      return { role: 'call', name, callId: id, arguments: given };
    });
    return [...words, ...calls];
  });
}

function textOf(content: string | readonly object[]): string {
  if (typeof content === 'string') return content;
  return content.map((part) => ('text' in part ? String(part.text) : '')).join('');
}

function toolsOf(
  tools: readonly {
    readonly name: string;
    readonly description?: string | null | undefined;
    readonly strict?: boolean | null | undefined;
    readonly parameters?: Readonly<Record<string, unknown>> | null | undefined;
  }[],
): SeenRequest['tools'] {
  return tools.map(({ name, description, strict, parameters }) => ({
    name,
    description: description ?? '',
    strict: strict ?? null,
    parameters: parameters ?? {},
  }));
}
