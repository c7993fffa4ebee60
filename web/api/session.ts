/** Coming in with a token, and leaving. The page keeps no token: the server gives a cookie that no script can read. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Visitor } from '../../server/shapes/access.ts';
import { ask } from './ask.ts';

/** What is known from before may be another person’s, so it is asked anew. */
export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => ask<Visitor>('POST', '/sign-in', { token }),
    onSuccess: () => queries.resetQueries(),
  });
}

/** Afterwards the page is loaded anew: nothing that it showed stays in the memory of the browser. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => ask<unknown>('POST', '/sign-out'),
    onSuccess: () => window.location.assign('/'),
  });
}
