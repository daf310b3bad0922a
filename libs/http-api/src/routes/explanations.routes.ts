import { articleExplanationSchema, articleParamsSchema } from '../contract';
import type { RouteGroup } from '../api';
import { problems } from '../openapi/responses';
import { ApiProblem } from '../problems/api-problem';
import { wireJudgement } from '../wire/articles';
import { wireExplanation } from '../wire/explanations';
import { refuseWithoutModel } from './analyze.routes';
import { findArticle } from './articles.routes';

export const explanationRoutes: RouteGroup = (app, context) => {
  app.get(
    '/articles/:id/explanation',
    {
      schema: {
        tags: ['Articles'],
        summary: 'Which words moved the score of an article',
        params: articleParamsSchema,
        description:
          'The present model scores the text again without each of its first 64 words; the pull of a word is the difference that it makes to the tone.',
        response: { 200: articleExplanationSchema, ...problems(400, 404, 409, 503) },
      },
    },
    async (request, reply) => {
      const article = await findArticle(context, request.params.id);
      const scored = article.modelSentiment ?? article.sentiment;
      if (!scored) throw new ApiProblem('conflict', `There is no score to explain: ${whyUnscored(article)}`);
      refuseWithoutModel(context);
      const explanation = await context.sentiment.explainArticle.execute(article);
      return reply.header('cache-control', 'no-store').send({
        articleId: article.id,
        ...wireExplanation(explanation),
        scoredBy: scored.model,
        scoredTone: scored.tone,
        sameModel: scored.model.id === explanation.sentiment.model.id && scored.model.revision === explanation.sentiment.model.revision,
        ...(article.judgement && { judgement: wireJudgement(article.judgement) }),
      });
    },
  );
};

/** Why an article has no score, worded as the end of a sentence. */
export function whyUnscored({ state, reason }: { readonly state: string; readonly reason?: string }): string {
  if (state === 'pending') return 'the article still waits for its score.';
  const because = reason === undefined ? '' : ` (${reason})`;
  if (reason === 'language') return 'the article was taken for one of another language than English.';
  return state === 'failed' ? `scoring the article failed${because}.` : `the article was not scored${because}.`;
}
