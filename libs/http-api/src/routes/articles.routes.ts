import type { ArticleView } from '@barometer/reporting';
import { articlePageSchema, articleParamsSchema, articleSchema, articlesQuerySchema, redriveSchema } from '../contract';
import type { RouteContext, RouteGroup } from '../api';
import { isUnchanged } from '../conditional';
import { problems, unchanged } from '../openapi/responses';
import { ApiProblem, wrongField } from '../problems/api-problem';
import { wireArticle } from '../wire/articles';
import { listPeriodOf, scopeOf } from '../wire/period-query';
import { isoTime } from '../wire/time';

const tags = ['Articles'];

export const articleRoutes: RouteGroup = (app, context) => {
  app.get('/articles', {
    schema: {
      tags, summary: 'Articles, newest first', querystring: articlesQuerySchema,
      description: 'Label and words filter at most 300 articles a request: a page may be short or empty though more follow; then it carries a cursor.',
      response: { 200: articlePageSchema, ...unchanged, ...problems(400) },
    },
  }, async (request, reply) => {
    const current = await context.reading.current();
    const { label, state, q, limit, cursor } = request.query;
    const period = listPeriodOf(request.query, context.clock.now());
    const query = {
      ...scopeOf(request.query), limit,
      ...(period && { period }), ...(label && { label }), ...(state && { state }),
      ...(q && { search: q }), ...(cursor !== undefined && { cursor }),
    };
    if (await isUnchanged(request, reply, context, current, query)) return reply.code(304).send(undefined);
    const page = await current.models.articles.execute(query);
    if (!page.ok) throw wrongField(page.error.field, page.error.message);
    const { items, searchedTo, cursor: next } = page.value;
    return { items: items.map(wireArticle), searchedTo: isoTime(searchedTo), ...(next !== undefined && { cursor: next }), sample: current.sample };
  });

  app.get('/articles/:id', {
    schema: { tags, summary: 'One article with its score and its journey', params: articleParamsSchema, response: { 200: articleSchema, ...unchanged, ...problems(400, 404) } },
  }, async (request, reply) => {
    const current = await context.reading.current();
    if (await isUnchanged(request, reply, context, current, request.params.id)) return reply.code(304).send(undefined);
    return wireArticle(await findArticle(context, request.params.id));
  });

  app.post('/articles/:id/redrive', {
    schema: { tags, summary: 'Let a failed article be scored again', params: articleParamsSchema, response: { 200: redriveSchema, ...problems(400, 404, 409) } },
  }, async (request) => {
    const { id } = request.params;
    const article = await context.real.article.execute(id);
    if (!article) throw noSuchArticle(id);
    const redriven = await context.sentiment.redrive.execute([id]);
    if (redriven === 0) throw new ApiProblem('conflict', `Only a failed article can be scored again; this one is ${article.state}.`);
    return { redriven };
  });
};

export const noSuchArticle = (id: string) => new ApiProblem('not-found', `There is no article ${id}; articles are kept for 90 days.`);

/** Real articles can be opened while the sample is shown: the first ones wait for their score then. */
export async function findArticle({ real, reading }: RouteContext, id: string): Promise<ArticleView> {
  const { models } = await reading.current();
  const article = (await models.article.execute(id)) ?? (models === real ? undefined : await real.article.execute(id));
  if (!article) throw noSuchArticle(id);
  return article;
}
