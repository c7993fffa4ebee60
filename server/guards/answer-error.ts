/** Errors and refused input as problem documents. What is not ours is told without its words: they may quote anything. */
import type { Hook } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { MigrationError } from '../../engine/core/errors.ts';
import type { ServerEnv } from '../server-env.ts';
import type { Problem } from '../shapes/problem.ts';
import { nextOnPage } from '../views/next-on-page.ts';
import { statusOf } from './status-of.ts';

export function answerError(error: Error, c: Context<ServerEnv>): Response {
  if (error instanceof MigrationError) {
    const { code, message, hint } = error;
    const { seconds } = error.details;
    if (typeof seconds === 'number') c.header('retry-after', String(seconds));
    if (code === 'TOO_LARGE') c.header('connection', 'close'); // the rest of it is not waited for
    const { words, where } = nextOnPage(hint);
    return answerProblem(c, {
      type: 'about:blank',
      status: statusOf(code),
      title: message,
      code,
      hint: words,
      ...(where === null ? {} : { where }),
    });
  }
  if (error instanceof HTTPException && error.status < 500) {
    return answerProblem(c, {
      type: 'about:blank',
      status: error.status,
      title: 'The request could not be read.',
      code: 'BAD_REQUEST',
      hint: 'See /api/v1/openapi.json for what can be sent.',
    });
  }
  return answerProblem(c, {
    type: 'about:blank',
    status: 500,
    title: 'Something went wrong in the server.',
    code: 'UNEXPECTED',
    hint: 'The log of this day in logs/ holds the details. Nothing was changed by the page itself.',
  });
}

export const refuseInput: Hook<unknown, ServerEnv, string, Response | undefined> = (result, c) => {
  if (result.success) return undefined;
  const [issue] = result.error.issues;
  const where = issue?.path.join('.') ?? '';
  return answerProblem(c, {
    type: 'about:blank',
    status: 400,
    title:
      where === ''
        ? 'The request does not have the form it needs.'
        : `“${where.slice(0, 80)}” does not have the form it needs.`,
    code: 'BAD_REQUEST',
    hint: 'See /api/v1/openapi.json for what can be sent.',
  });
};

/** An address that nobody declared. */
export function answerNothing(c: Context<ServerEnv>): Response {
  return answerProblem(c, {
    type: 'about:blank',
    status: 404,
    title: 'There is nothing at this address.',
    code: 'UNKNOWN_ADDRESS',
    hint: 'See /api/v1/openapi.json for what can be asked; the page begins at /.',
  });
}

function answerProblem(c: Context<ServerEnv>, problem: Problem): Response {
  c.set('refusal', problem.code);
  return c.body(JSON.stringify(problem), problem.status as 400, {
    'content-type': 'application/problem+json',
  });
}
