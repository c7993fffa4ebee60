/** What a request carries on its way through the server. */
import type { IncomingMessage } from 'node:http';
import type { Visitor } from './shapes/access.ts';

export interface ServerEnv {
  /** Absent where a request did not come through a port. */
  Bindings: { readonly incoming?: IncomingMessage };
  Variables: {
    /** Set behind `identify`. */
    visitor: Visitor;
    /** False once the session ended, or the person is no longer known. Set behind `identify`. */
    stillIn: () => Promise<boolean>;
    /** Which of its own addresses the request was sent to. Set by the host guard. */
    origin?: string;
    /** Code of the refusal, for the log. */
    refusal?: string;
  };
}
