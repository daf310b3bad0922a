import { articleParamsSchema, articleSchema, judgementPageSchema, judgementsQuerySchema, judgeRequestSchema } from '../contract';
import type { RouteGroup } from '../api';
import { isSameContent } from '../conditional';
import { problems, unchanged } from '../openapi/responses';
import { ApiProblem, wrongField } from '../problems/api-problem';
import { wireArticle } from '../wire/articles';
import { noSuchArticle } from './articles.routes';

const tags = ['Articles'];

/** What readers say of articles. The sample's are nobody's: only real articles are judged. */
export const judgementRoutes: RouteGroup = (app, context) => {
  const articleNow = async (id: string) => {
    const article = await context.real.article.execute(id);
    if (!article) throw noSuchArticle(id);
    return article;
  };

  app.get('/judgements', {
    schema: { tags, summary: 'The articles that readers judged, newest first', querystring: judgementsQuerySchema, response: { 200: judgementPageSchema, ...unchanged, ...problems(400) } },
  }, async (request, reply) => {
    const { limit, cursor } = request.query;
    const page = await context.real.judgements.execute({ limit, ...(cursor !== undefined && { cursor }) });
    if (!page.ok) throw wrongField(page.error.field, page.error.message);
    const { items, cursor: next } = page.value;
    const body = { items: items.map(wireArticle), ...(next !== undefined && { cursor: next }) };
    return isSameContent(request, reply, body) ? reply.code(304).send(undefined) : body;
  });

  app.put('/articles/:id/judgement', {
    schema: {
      tags, summary: 'Say how an article reads', params: articleParamsSchema, body: judgeRequestSchema,
      description: 'The article counts with this label from now on, in every figure, instead of that of the model; a later scoring by another model leaves it. Only an article that has a score can be judged.',
      response: { 200: articleSchema, ...problems(400, 404, 409, 413, 415) },
    },
  }, async (request) => {
    const { id } = request.params;
    const outcome = await context.sentiment.judge.execute(id, request.body.label);
    if (outcome === 'gone') throw noSuchArticle(id);
    const article = await articleNow(id);
    if (outcome === 'unscored') throw new ApiProblem('conflict', `Only an article that has a score can be judged; this one is ${article.state}.`);
    return wireArticle(article);
  });

  app.delete('/articles/:id/judgement', {
    schema: {
      tags, summary: 'Take back what was said of an article', params: articleParamsSchema,
      description: 'The article counts with the latest score of the model again. Nothing happens where nobody has judged it.',
      response: { 200: articleSchema, ...problems(400, 404) },
    },
  }, async (request) => {
    const { id } = request.params;
    if ((await context.sentiment.takeBack.execute(id)) === 'gone') throw noSuchArticle(id);
    return wireArticle(await articleNow(id));
  });
};
