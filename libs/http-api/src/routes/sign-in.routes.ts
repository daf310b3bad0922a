import type { SignInProblem } from '@barometer/access';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookiePlace, pendingCookie, pendingOfCookie, sessionCookie, sessionOfCookie } from '../access/session-cookie';
import { PREFIX, type RouteGroup } from '../api';
import { signInQuerySchema } from '../contract';
import { problems, sentOn } from '../openapi/responses';
import { ApiProblem } from '../problems/api-problem';
import { publicHomeOf } from '../wire/home-of';

const tags = ['Access'];
/** The path of a sign-in's cookie: it is sent only to the two addresses here. */
const PLACE = `${PREFIX}/session`;

/** Sign-in at a provider: two addresses that a browser visits, the second with the parameters that the provider adds to its redirect. */
export const signInRoutes: RouteGroup = (app, { config, signIn, log }) => {
  const basePath = config.basePath ?? '';
  const needed = () => {
    if (!signIn) throw new ApiProblem('not-found', 'This Barometer has no sign-in provider: OIDC_ISSUER is not set.');
    return signIn;
  };

  app.get(
    '/session/sign-in',
    {
      config: { access: 'public' },
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'Sign in at the provider: go there',
        security: [],
        querystring: signInQuerySchema,
        response: { ...sentOn, ...problems(400, 404) },
        description: 'For browsers. A provider that does not answer sends the browser back to the page, with `sign-in` in its address.',
      },
    },
    async (request, reply) => {
      const { begin } = needed();
      const begun = await begin({ redirectUri: `${publicHomeOf(request, { config })}${PLACE}/callback`, returnTo: request.query.returnTo });
      if (!begun.ok) return failed(reply, begun.error);
      return goOn(reply, begun.value.location, pendingCookie(begun.value.pending, cookiePlace(request, config), PLACE));
    },
  );

  app.get(
    '/session/callback',
    {
      config: { access: 'public' },
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'Sign in at the provider: come back from there',
        security: [],
        response: { ...sentOn, ...problems(404) },
        description:
          'The redirect URI to register at the provider. Redirects the browser to the page: signed in, or with `sign-in=cancelled`, `refused`, `expired`, `unreachable` or `rejected` in its address.',
      },
    },
    async (request, reply) => {
      const { finish, start } = needed();
      const forget = pendingCookie(undefined, cookiePlace(request, config), PLACE);
      const finished = await finish({ query: queryOf(request.url), pending: pendingOfCookie(request.headers.cookie) });
      if (!finished.ok) return failed(reply, finished.error, forget);
      await endFormer(request);
      const { token } = await start.execute(finished.value.person, finished.value.role);
      return goOn(reply, `${basePath}${finished.value.returnTo}`, forget, sessionCookie(token, cookiePlace(request, config)));
    },
  );

  /** A new sign-in ends the previous session of the same browser. */
  async function endFormer({ caller, headers }: FastifyRequest): Promise<void> {
    const former = sessionOfCookie(headers.cookie);
    if (caller?.by === 'sign-in' && former !== undefined) await needed().end.ofToken(former);
  }

  /** The page gives the reader a short reason; the log gives the operator the full one. */
  function failed(reply: FastifyReply, { code, message }: SignInProblem, ...cookies: string[]): FastifyReply {
    log?.(message);
    return goOn(reply, `${basePath}/?sign-in=${code}`, ...cookies);
  }
};

function goOn(reply: FastifyReply, location: string, ...cookies: string[]): FastifyReply {
  return reply
    .code(303)
    .headers({ location, 'cache-control': 'no-store', ...(cookies.length > 0 && { 'set-cookie': cookies }) })
    .send();
}

const queryOf = (url: string): string => (url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');
