import { counted, DAY, STANDARD_RETENTION } from '@barometer/kernel';
import type { ArticleView } from '@barometer/reporting';
import { articlePageSchema, articleParamsSchema, articleSchema, articlesQuerySchema, redriveSchema } from '../contract';
import type { RouteContext, RouteGroup } from '../api';
import { isUnchanged } from '../conditional';
import { problems, unchanged } from '../openapi/responses';
import { ApiProblem, wrongField } from '../problems/api-problem';
import { wireArticle } from '../wire/articles';
import { listPeriodOf } from '../wire/period-query';
import { isoTime } from '../wire/time';

const tags = ['Articles'];

export const articleRoutes: RouteGroup = (app, context) => {
  app.get(
    '/articles',
    {
      schema: {
        tags,
        summary: 'Articles, newest first',
        querystring: articlesQuerySchema,
        description: 'Label and words filter at most 300 articles a request: a page may be short or empty although more follow; then it has a cursor.',
        response: { 200: articlePageSchema, ...unchanged, ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      const current = await context.reading.current();
      const { label, state, q, limit, cursor } = request.query;
      const period = listPeriodOf(request.query, context);
      const query = {
        ...(await context.scopes.of(request.query)),
        limit,
        ...(period && { period }),
        ...(label && { label }),
        ...(state && { state }),
        ...(q && { search: q }),
        ...(cursor !== undefined && { cursor }),
      };
      if (await isUnchanged(request, reply, context, current, query)) return reply.code(304).send(undefined);
      const page = await current.models.articles.execute(query);
      if (!page.ok) throw wrongField(page.error.field, page.error.message);
      const { items, searchedTo, cursor: next } = page.value;
      return { items: items.map(wireArticle), searchedTo: isoTime(searchedTo), ...(next !== undefined && { cursor: next }), sample: current.sample };
    },
  );

  app.get(
    '/articles/:id',
    {
      schema: {
        tags,
        summary: 'One article with its score and its journey',
        params: articleParamsSchema,
        response: { 200: articleSchema, ...unchanged, ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      const current = await context.reading.current();
      if (await isUnchanged(request, reply, context, current, request.params.id)) return reply.code(304).send(undefined);
      return wireArticle(await findArticle(context, request.params.id));
    },
  );

  app.post(
    '/articles/:id/redrive',
    {
      schema: {
        tags,
        summary: 'Score a failed article again',
        params: articleParamsSchema,
        response: { 200: redriveSchema, ...problems(400, 404, 409) },
      },
    },
    async (request) => {
      const { id } = request.params;
      const article = await context.real.article.execute(id);
      if (!article) throw noSuchArticle(context, id);
      const redriven = await context.sentiment.redrive.execute([id]);
      if (redriven === 0) throw new ApiProblem('conflict', `Only a failed article can be scored again; this one is ${article.state}.`);
      return { redriven };
    },
  );
};

export function noSuchArticle({ config }: Pick<RouteContext, 'config'>, id: string): ApiProblem {
  return new ApiProblem(
    'not-found',
    `There is no article ${id}; articles are kept for ${counted((config.retention ?? STANDARD_RETENTION).articles / DAY, 'day')}.`,
  );
}

/** Looks among real articles too while the sample is shown: the first real ones can be opened although they are not scored yet. */
export async function findArticle(context: RouteContext, id: string): Promise<ArticleView> {
  const { real, reading } = context;
  const { models } = await reading.current();
  const article = (await models.article.execute(id)) ?? (models === real ? undefined : await real.article.execute(id));
  if (!article) throw noSuchArticle(context, id);
  return article;
}
