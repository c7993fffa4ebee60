/** Turns every statement of a connection into another one before it is sent, also those of COPY streams. */
import type pg from 'pg';

export type Rename = (sql: string) => string;

type Send = (statement: unknown, ...rest: readonly unknown[]) => unknown;

export function renameStatements(client: pg.ClientBase, rename: Rename | undefined): void {
  if (rename === undefined) return;
  const send = client.query.bind(client) as Send;
  const query: Send = (statement, ...rest) => send(renamed(statement, rename), ...rest);
  Object.assign(client, { query });
}

function renamed(statement: unknown, rename: Rename): unknown {
  if (typeof statement === 'string') return rename(statement);
  if (typeof statement !== 'object' || statement === null || !('text' in statement)) return statement;
  if (typeof statement.text !== 'string') return statement;
  const text = rename(statement.text);
  // a stream is a statement with a state of its own: it must stay the same object
  return 'submit' in statement ? Object.assign(statement, { text }) : { ...statement, text };
}
