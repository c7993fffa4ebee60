/** Coming in: the printed token is exchanged for a cookie that scripts of a page cannot read. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { setCookie } from 'hono/cookie';
import { sessionCookie } from '../access/identify.ts';
import type { ServerDependencies } from '../app.ts';
import type { ServerEnv } from '../server-env.ts';
import { session } from '../shapes/access.ts';
import { answers, createRoutes, said } from './declared.ts';

const whoAmI = createRoute({
  method: 'get',
  path: '/api/v1/session',
  summary: 'Who is asking, and which voice the guide has',
  responses: answers('The session', session),
});

const enter = z.object({ token: z.string().max(200) });

export function sessionRoutes({ access, migrations, version }: ServerDependencies): OpenAPIHono<ServerEnv> {
  const routes = createRoutes();
  routes.get('/enter', async (c) => {
    const given = enter.safeParse(c.req.query());
    if (!given.success || (await access.visitorOf(given.data.token)) === null) return c.redirect('/', 303);
    setCookie(c, sessionCookie, given.data.token, { httpOnly: true, sameSite: 'Strict', path: '/' });
    return c.redirect('/', 303);
  });
  routes.openapi(whoAmI, async (c) => {
    const known = await migrations.list();
    const configured = known.some(({ id }) => id === 'own');
    const voice = { name: 'offline guide (no AI model)', offline: true };
    return c.json(said(session, { visitor: c.get('visitor'), voice, version, configured }), 200);
  });
  return routes;
}
