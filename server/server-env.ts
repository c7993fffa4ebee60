/** What a request carries on its way through the server. */
import type { Visitor } from './shapes/access.ts';

export interface ServerEnv {
  Variables: {
    /** Set behind `identify`. */
    visitor: Visitor;
  };
}
