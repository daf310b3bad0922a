import { counted, DAY, HOUR } from '@barometer/kernel';
import type { Period } from '@barometer/reporting';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { isLoopbackHost } from '../access/loopback';
import type { RouteContext, RouteGroup } from '../api';
import { isUnchanged } from '../conditional';
import { moodCardQuerySchema } from '../contract';
import type { EmbeddedMood } from '../embed/embedded-mood';
import { moodBadge } from '../embed/mood-badge';
import { cardPolicy, moodCard } from '../embed/mood-card';
import { problems, unchanged } from '../openapi/responses';
import { homeOf } from '../wire/home-of';
import { periodOf } from '../wire/period-query';

const tags = ['Feeds'];
/** Busy pages request the image again only after this time. */
const CACHE = 'private, max-age=300';
/**
 * Who may embed a Barometer without keys: pages on the same computer, so that no website learns anything from it. A
 * content policy cannot express IPv6 addresses.
 */
const LOOPBACK_PAGES = "'self' http://localhost:* http://127.0.0.1:*";

type Query = z.output<typeof moodCardQuerySchema>;

/**
 * The mood for other pages: a card for a frame and a badge, with the same keys as feeds. They show what was really
 * scored, never the sample.
 */
export const embedRoutes: RouteGroup = (app, context) => {
  const responseOf = (description: string, type: string) => ({
    200: { description, content: { [type]: { schema: z.string() } } },
    ...unchanged,
    ...problems(400, 404),
  });

  app.get(
    '/feeds/mood.svg',
    {
      config: { access: 'feed' },
      schema: {
        tags,
        summary: 'The mood as a badge',
        querystring: moodCardQuerySchema,
        response: responseOf('An SVG image that needs nothing else', 'image/svg+xml'),
      },
    },
    async (request, reply) => {
      const embedded = await embeddedMood(request, reply, request.query, context);
      if (!embedded) return reply.code(304).send(undefined);
      return reply.type('image/svg+xml; charset=utf-8').send(moodBadge(embedded));
    },
  );

  app.get(
    '/feeds/mood.html',
    {
      config: { access: 'feed' },
      schema: {
        tags,
        summary: 'The mood as a card for a frame of another page',
        querystring: moodCardQuerySchema,
        response: responseOf('A page without scripts that fetches nothing', 'text/html'),
        description: 'If keys are needed, any page may frame it; on a loopback address, only pages of this computer.',
      },
    },
    async (request, reply) => {
      const embedded = await embeddedMood(request, reply, request.query, context);
      reply.removeHeader('x-frame-options').header('content-security-policy', cardPolicy(context.config.loopback ? LOOPBACK_PAGES : '*'));
      if (!embedded) return reply.code(304).send(undefined);
      return reply.type('text/html; charset=utf-8').send(moodCard(embedded, request.query.theme));
    },
  );
};

/** The content to show; undefined if the client's copy is still current. */
async function embeddedMood(request: FastifyRequest, reply: FastifyReply, query: Query, context: RouteContext): Promise<EmbeddedMood | undefined> {
  const asOf = context.clock.now();
  const period = periodOf(query, context);
  const about = await aboutOf(query, context);
  const scope = await context.scopes.of(query);
  const { topic, source, group, period: span } = query;
  const pageUrl = `${homeOf(request, context)}/${viewOf({ topic, source, group, period: span })}`;
  const isKnown = await isUnchanged(request, reply, context, { models: context.real, sample: false }, { ...scope, period, about, pageUrl, theme: query.theme });
  reply.headers({ 'cache-control': CACHE, 'cross-origin-resource-policy': isForAnyPage(request, context) ? 'cross-origin' : 'same-site' });
  // A copy cached for a page of this computer must not be used for another page.
  if (context.config.loopback) reply.header('vary', 'referer');
  return isKnown ? undefined : { about, when: whenOf(period), mood: await context.real.mood.execute({ ...scope, period }), asOf, pageUrl };
}

/**
 * Whether a browser may show it on any page. Without keys, only pages of this computer may, judged by the Referer,
 * since a browser treats `localhost` and `127.0.0.1` as two sites. A page cannot forge another page's Referer; a page
 * that sends none must be of the same site.
 */
function isForAnyPage({ headers: { referer } }: FastifyRequest, { config }: RouteContext): boolean {
  return !config.loopback || (referer !== undefined && URL.canParse(referer) && /^https?:/.test(referer) && isLoopbackHost(new URL(referer).host));
}

/** The names of a topic and a source or a group; their ids if they no longer exist. */
async function aboutOf({ topic, source, group }: Query, { real, known }: RouteContext): Promise<string> {
  const [topics, sources] = await Promise.all([topic === undefined ? [] : real.topics.execute(), source === undefined ? undefined : known.names()]);
  const names = [
    topic !== undefined && (topics.find(({ id }) => id === topic)?.name ?? topic),
    source !== undefined && (sources?.get(source) ?? source),
    group ?? false,
  ].filter((name) => name !== false);
  return names.length === 0 ? 'all news' : names.join(' in ');
}

function whenOf({ from, to }: Period): string {
  const hours = Math.round((to - from) / HOUR);
  if (hours === 1) return 'the last hour';
  return hours > 48 && hours % 24 === 0 ? `the last ${counted((to - from) / DAY, 'day')}` : `the last ${counted(hours, 'hour')}`;
}

const viewOf = (view: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(view).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
};
