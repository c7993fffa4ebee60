/** Coming in and leaving: a token is exchanged for the cookie of a session, which scripts of a page cannot read. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Access, Admitted } from '../access/access.ts';
import { notSignedIn, signInPath, signOutPath } from '../access/identify.ts';
import { dropSessionCookie, readSessionCookie, setSessionCookie } from '../access/session-cookie.ts';
import type { Sessions } from '../access/sessions.ts';
import { addressOf } from '../guards/address.ts';
import type { ServerDependencies } from '../server-dependencies.ts';
import type { ServerEnv } from '../server-env.ts';
import { credential, session, signedOut, visitor } from '../shapes/access.ts';
import { answers, asks, body, createRoutes, said } from './declared.ts';

const whoAmI = createRoute({
  method: 'get',
  path: '/api/v1/session',
  summary: 'Who is asking, and which voice the guide has',
  ...asks('viewer'),
  responses: answers('The session', session),
});

const signIn = createRoute({
  method: 'post',
  path: signInPath,
  summary: 'Exchanges a token for the cookie of a session; asked without either',
  request: { body: body(credential) },
  responses: answers('Who came in', visitor),
});

const signOut = createRoute({
  method: 'post',
  path: signOutPath,
  summary: 'Ends the session of the cookie',
  ...asks('viewer'),
  responses: answers('Ended', signedOut),
});

export function sessionRoutes({
  access,
  sessions,
  migrations,
  version,
}: ServerDependencies): OpenAPIHono<ServerEnv> {
  const routes = createRoutes();
  routes.get('/enter', (c) => enter(c, access, sessions));
  routes.openapi(signIn, async (c) => {
    const { token } = c.req.valid('json');
    const admitted = await access.visitorOf(token, addressOf(c));
    if (admitted === null) throw notSignedIn();
    await begin(c, sessions, admitted, token);
    return c.json(said(visitor, { name: admitted.name, role: admitted.role }), 200);
  });
  routes.openapi(signOut, async (c) => {
    const id = readSessionCookie(c);
    if (id !== undefined) sessions.end(id);
    dropSessionCookie(c);
    return c.json(said(signedOut, { signedOut: true }), 200);
  });
  // answered whether or not a database is: whoever asks wants to know who they are
  routes.openapi(whoAmI, (c) => {
    const { voice } = migrations;
    const configured = migrations.has('own');
    return c.json(said(session, { visitor: c.get('visitor'), voice, version, configured }), 200);
  });
  return routes;
}

/**
 * The printed address. Whatever comes of it, the browser goes on to the first page and nowhere else, so that the token
 * stays in no address bar; the page says whether somebody is signed in.
 */
async function enter(c: Context<ServerEnv>, access: Access, sessions: Sessions): Promise<Response> {
  const given = credential.safeParse(c.req.query());
  const admitted = given.success ? await access.visitorOf(given.data.token, addressOf(c)) : null;
  if (admitted === null || !given.success) c.set('refusal', 'NOT_SIGNED_IN');
  else if (await isSomebodyElse(c, sessions, admitted)) c.set('refusal', 'FOREIGN_ORIGIN');
  else await begin(c, sessions, admitted, given.data.token);
  return c.redirect('/', 303);
}

/** A link on another site must not change who one is: what one does then would stand under another name. */
async function isSomebodyElse(c: Context<ServerEnv>, sessions: Sessions, { name }: Admitted) {
  const site = c.req.header('sec-fetch-site') ?? 'none';
  if (site === 'none' || site === 'same-origin') return false;
  const id = readSessionCookie(c);
  const current = id === undefined ? null : await sessions.visitorOf(id);
  return current !== null && current.name !== name;
}

/** A new session each time: one that was there before does not become this one. */
async function begin(
  c: Context<ServerEnv>,
  sessions: Sessions,
  admitted: Admitted,
  token: string,
): Promise<void> {
  const before = readSessionCookie(c);
  if (before !== undefined) sessions.end(before);
  setSessionCookie(c, await sessions.begin(admitted, token));
}
