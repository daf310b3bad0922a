import { outgoingFormats, type OutgoingEntry, type OutgoingFormat } from '@barometer/ingestion';
import { hourOf, HOUR } from '@barometer/kernel';
import { feedName, lastHours, type ArticleQuery, type ArticleView } from '@barometer/reporting';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { articleFeedQuerySchema, storyFeedQuerySchema } from '../contract';
import type { RouteContext, RouteGroup } from '../api';
import type { SourceNames } from '../known-sources';
import { isUnchanged } from '../conditional';
import { problems, unchanged } from '../openapi/responses';
import { articleEntry, stableUri, storyEntry } from '../wire/feeds';
import { homeOf } from '../wire/home-of';

const tags = ['Feeds'];
const mediaTypes: Readonly<Record<OutgoingFormat, string>> = { atom: 'application/atom+xml', json: 'application/feed+json' };
const nameOf: Readonly<Record<OutgoingFormat, string>> = { atom: 'Atom', json: 'JSON Feed' };
/** The period that a story feed covers. */
const STORY_HOURS = 48;
/** The most pages to read for a feed with a minimum tone, for which there is no index. */
const MOST_PAGES = 5;
const PAGE = 100;

/** At the root, where feed readers look. They contain what was really scored, never the sample. */
export const feedRoutes: RouteGroup = (app, context) => {
  for (const format of outgoingFormats) {
    const response = {
      200: { description: `A ${nameOf[format]} document`, content: { [mediaTypes[format]]: { schema: z.string() } } },
      ...unchanged,
      ...problems(400, 404),
    };
    app.get(
      `/feeds/articles.${format}`,
      {
        config: { access: 'feed' },
        schema: {
          tags,
          summary: `Scored articles, newest first, as ${nameOf[format]}`,
          querystring: articleFeedQuerySchema,
          response,
          description: 'For feed readers. Good news only: label=positive. With a minimum tone, at most 500 articles are searched.',
        },
      },
      async (request, reply) => {
        const { label, tone, q, limit } = request.query;
        const query = { ...(await context.scopes.of(request.query)), ...(label && { label }), ...(q && { search: q }), state: 'scored' as const };
        if (await isKnown(request, reply, context, { ...query, tone, limit })) return reply.code(304).send(undefined);
        const articles = await newest(context, query, tone, limit);
        const names = await namesFor(request, context, articles);
        return send(
          request,
          reply,
          context,
          format,
          { list: 'articles', names },
          articles.map((article) => articleEntry(article, names.sources, pageOf(request, context, { article: article.id }))),
        );
      },
    );

    app.get(
      `/feeds/stories.${format}`,
      {
        config: { access: 'feed' },
        schema: {
          tags,
          summary: `Stories of the last ${STORY_HOURS} hours with several publishers, as ${nameOf[format]}`,
          querystring: storyFeedQuerySchema,
          response,
        },
      },
      async (request, reply) => {
        const query = {
          ...(await context.scopes.of(request.query)),
          period: lastHours(STORY_HOURS, context.clock.now()),
          order: 'size' as const,
          limit: request.query.limit,
        };
        if (await isKnown(request, reply, context, query)) return reply.code(304).send(undefined);
        const { stories } = await context.real.stories.execute(query);
        const names = await namesFor(
          request,
          context,
          stories.flatMap(({ voices }) => voices),
        );
        return send(
          request,
          reply,
          context,
          format,
          { list: 'stories', names },
          stories.map((story) => storyEntry(story, names.sources, pageOf(request, context, { article: story.typical.id }))),
        );
      },
    );
  }
};

const isKnown = (request: FastifyRequest, reply: FastifyReply, context: RouteContext, query: object): Promise<boolean> =>
  isUnchanged(request, reply, context, { models: context.real, sample: false }, { ...query, home: homeOf(request, context) });

/** The newest articles of the query with at least this tone. */
async function newest({ real }: RouteContext, query: Omit<ArticleQuery, 'limit'>, tone: number | undefined, limit: number): Promise<ArticleView[]> {
  const found: ArticleView[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES && found.length < limit; page += 1) {
    const read = await real.articles.execute({ ...query, limit: tone === undefined ? limit - found.length : PAGE, ...(cursor !== undefined && { cursor }) });
    if (!read.ok) throw new Error(read.error.message);
    found.push(...read.value.items.filter(({ sentiment }) => tone === undefined || (sentiment !== undefined && sentiment.tone >= tone)));
    cursor = read.value.cursor;
    if (cursor === undefined) break;
  }
  return found.slice(0, limit);
}

/** Names of topics and sources, by id. */
interface Names {
  readonly topics: ReadonlyMap<string, string>;
  readonly sources: SourceNames;
}

/** The names that a feed needs; lists that are not needed are not read. */
async function namesFor(request: FastifyRequest, { real, known }: RouteContext, told: readonly { readonly publisher?: string | undefined }[]): Promise<Names> {
  const { topic, source } = request.query as { readonly topic?: string; readonly source?: string };
  const [topics, sources] = await Promise.all([topic === undefined ? [] : real.topics.execute(), source === undefined ? known.namesFor(told) : known.names()]);
  return { topics: new Map(topics.map(({ id, name }) => [id, name])), sources };
}

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  context: RouteContext,
  format: OutgoingFormat,
  { list, names }: { readonly list: string; readonly names: Names },
  entries: readonly OutgoingEntry[],
) {
  const filters = Object.entries(request.query as Readonly<Record<string, unknown>>).map(([name, value]) => [name, String(value ?? '')] as const);
  const name = feedName(list, filters);
  const query = name.slice(list.length);
  const words = [...new URLSearchParams(query)].map(
    ([field, value]) => `${field} ${(field === 'topic' ? names.topics : field === 'source' ? names.sources : undefined)?.get(value) ?? value}`,
  );
  const document = await context.writeFeed(
    {
      id: stableUri(`feed ${name}`),
      title: ['Barometer', list, ...words].join(' · '),
      // Without the key, since documents are passed on.
      selfUrl: `${homeOf(request, context)}/feeds/${list}.${format}${query}`,
      pageUrl: `${homeOf(request, context)}/${query}`,
      updatedAt: entries.reduce((latest, { updatedAt }) => Math.max(latest, updatedAt), 0) || hourOf(context.clock.now()) * HOUR,
      entries,
    },
    format,
  );
  return reply.type(`${mediaTypes[format]}; charset=utf-8`).send(document);
}

const pageOf = (request: FastifyRequest, context: RouteContext, view: Readonly<Record<string, string>>): string =>
  `${homeOf(request, context)}/?${new URLSearchParams(view).toString()}`;
