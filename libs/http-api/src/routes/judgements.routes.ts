import { OTHER_LANGUAGE } from '@barometer/sentiment';
import { articleParamsSchema, articleSchema, judgementPageSchema, judgementsQuerySchema, judgeRequestSchema } from '../contract';
import type { RouteGroup } from '../api';
import { isSameContent } from '../conditional';
import { problems, unchanged } from '../openapi/responses';
import { ApiProblem, wrongField } from '../problems/api-problem';
import { wireArticle } from '../wire/articles';
import { refuseWithoutModel } from './analyze.routes';
import { noSuchArticle } from './articles.routes';
import { whyUnscored } from './explanations.routes';

const tags = ['Articles'];

/** Readers' judgements. Articles of the sample cannot be judged, only real ones. */
export const judgementRoutes: RouteGroup = (app, context) => {
  const articleNow = async (id: string) => {
    const article = await context.real.article.execute(id);
    if (!article) throw noSuchArticle(context, id);
    return article;
  };

  app.get(
    '/judgements',
    {
      schema: {
        tags,
        summary: 'The articles that readers judged, newest first',
        querystring: judgementsQuerySchema,
        response: { 200: judgementPageSchema, ...unchanged, ...problems(400) },
      },
    },
    async (request, reply) => {
      const { limit, cursor } = request.query;
      const page = await context.real.judgements.execute({ limit, ...(cursor !== undefined && { cursor }) });
      if (!page.ok) throw wrongField(page.error.field, page.error.message);
      const { items, cursor: next } = page.value;
      const body = { items: items.map(wireArticle), ...(next !== undefined && { cursor: next }) };
      return isSameContent(request, reply, body) ? reply.code(304).send(undefined) : body;
    },
  );

  app.put(
    '/articles/:id/judgement',
    {
      schema: {
        tags,
        summary: 'Judge the tone of an article',
        params: articleParamsSchema,
        body: judgeRequestSchema,
        description:
          "The article counts with this label from now on, in every figure, instead of the model's; a later score of another model does not change that. Only an article with a score can be judged, or one that was skipped for its language: that one then counts as judged, and the model's score is stored beside the label.",
        response: { 200: articleSchema, ...problems(400, 404, 409, 413, 415, 503) },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { label } = request.body;
      const outcome = await context.sentiment.judge.execute(id, label);
      if (outcome === 'gone') throw noSuchArticle(context, id);
      const article = await articleNow(id);
      if (outcome === 'judged') return wireArticle(article);
      if (article.state !== 'skipped' || article.reason !== OTHER_LANGUAGE)
        throw new ApiProblem('conflict', `Only an article that has a score can be judged: ${whyUnscored(article)}`);
      refuseWithoutModel(context);
      const [score] = await context.sentiment.scoreTexts.execute([article.title]);
      if ((await context.sentiment.judge.execute(id, label, score)) === 'gone') throw noSuchArticle(context, id);
      return wireArticle(await articleNow(id));
    },
  );

  app.delete(
    '/articles/:id/judgement',
    {
      schema: {
        tags,
        summary: 'Withdraw the judgement of an article',
        params: articleParamsSchema,
        description: 'The article counts with the latest score of the model again, or is skipped again for its language. Nothing happens if it was not judged.',
        response: { 200: articleSchema, ...problems(400, 404) },
      },
    },
    async (request) => {
      const { id } = request.params;
      if ((await context.sentiment.takeBack.execute(id)) === 'gone') throw noSuchArticle(context, id);
      return wireArticle(await articleNow(id));
    },
  );
};
