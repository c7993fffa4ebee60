/** What a test says the model does, and what it sees of a request while it decides. */

export type Endpoint = 'responses' | 'chat';

/** A request in the words of neither endpoint. */
export interface SeenRequest {
  /** From 0. */
  readonly index: number;
  readonly endpoint: Endpoint;
  readonly stream: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** As it came over the wire. */
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly instructions: string;
  readonly turns: readonly SeenTurn[];
  /** The newest words of the person. */
  readonly lastUserText: string;
  /** Results that came in since the person's newest words. */
  readonly toolResults: readonly SeenToolResult[];
  readonly tools: readonly {
    readonly name: string;
    readonly description: string;
    readonly strict: boolean | null;
    readonly parameters: Readonly<Record<string, unknown>>;
  }[];
}

export type SeenTurn =
  | { readonly role: 'system' | 'user' | 'assistant'; readonly text: string }
  | {
      readonly role: 'call';
      readonly name: string;
      readonly callId: string;
      readonly arguments: string;
    }
  | ({ readonly role: 'tool' } & SeenToolResult);

export interface SeenToolResult {
  readonly name: string;
  readonly callId: string;
  readonly output: string;
}

export interface ScriptedCall {
  readonly name: string;
  /** A string goes out as it is, so it may be malformed JSON. */
  readonly arguments: string | Readonly<Record<string, unknown>>;
}

/** Text, calls (several are parallel calls), or text and then calls. */
export interface Reply {
  readonly text?: string;
  readonly toolCalls?: readonly ScriptedCall[];
  readonly usage?: { readonly input: number; readonly output: number };
  /** `length`: the answer ran into the limit. */
  readonly finish?: 'complete' | 'length';
}

export type Fault =
  /** An answer with this status instead; `message` and `code` as in OpenAI's error object. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code?: string;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The stream ends without an end: after this many events, or this many before the last if negative. */
  | { readonly kind: 'cut'; readonly afterEvents: number; readonly how: 'clean' | 'reset' }
  /** Waits before the head, between events, or both. */
  | { readonly kind: 'slow'; readonly head?: number; readonly between?: number }
  /** An error event inside the stream after this many events. */
  | { readonly kind: 'stream-error'; readonly afterEvents: number; readonly message: string }
  /** The connection breaks before any answer. */
  | { readonly kind: 'reset' }
  /** Status 200 with something that is no answer. */
  | { readonly kind: 'garbage' };

export type Decide = (request: SeenRequest) => Reply | Promise<Reply>;
