/** One request to the API. What it refuses is thrown as it was said, with code and hint. */
import type { Problem } from '../../server/shapes/problem.ts';
import type { NothingYet } from '../../server/shapes/told.ts';

export class Refusal extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/** The server was not reached: nothing is known about what it would have said. */
export class NoAnswer extends Error {}

/** The server does not know this person, or does not know them any more. */
export function isSignedOut(error: Error | null): boolean {
  return error instanceof Refusal && error.problem.code === 'NOT_SIGNED_IN';
}

/** @throws Refusal, NoAnswer */
export async function ask<Answer>(
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: unknown,
): Promise<Answer> {
  const answer = await reach(`/api/v1${path}`, {
    method,
    credentials: 'same-origin',
    headers: method === 'GET' ? {} : { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (answer.ok) return (await answer.json()) as Answer;
  throw await refusalOf(answer);
}

/** What can be asked for before it is there is null then. */
export function unlessNothingYet<Answer extends object>(answer: Answer | NothingYet): Answer | null {
  return 'data' in answer && answer.data === null ? null : (answer as Answer);
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    throw new NoAnswer('The server was not reached.', { cause: error });
  }
}

/** Something between the page and Towpath that answers for it does not speak of problems as Towpath does. */
export async function refusalOf(answer: Response): Promise<Error> {
  if (!answer.headers.get('content-type')?.includes('application/problem+json'))
    return new NoAnswer(`Answered with ${answer.status}.`);
  return new Refusal((await answer.json()) as Problem);
}
