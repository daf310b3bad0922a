import type { Sentiment } from '@barometer/events';
import { explainedWords } from '@barometer/sentiment';
import {
  analyzeQuerySchema,
  analyzeRequestSchema,
  analyzeResponseSchema,
  MAX_ANALYZE_BODY,
  MAX_EXPLAINED,
  MAX_EXPLAINED_WORDS,
  MAX_TEXT_BYTES,
  MAX_TEXTS,
  type AnalyzeResponse,
  type Explanation,
} from '../contract';
import type { RouteContext, RouteGroup } from '../api';
import { problems } from '../openapi/responses';
import { ApiProblem, wrongField } from '../problems/api-problem';
import { wireExplanation } from '../wire/explanations';

export const analyzeRoutes: RouteGroup = (app, context) => {
  app.post(
    '/analyze',
    {
      bodyLimit: MAX_ANALYZE_BODY,
      config: { access: 'read' },
      schema: {
        tags: ['Analysis'],
        summary: 'Score any text',
        querystring: analyzeQuerySchema,
        body: analyzeRequestSchema,
        description: `Up to ${MAX_TEXTS} texts of ${MAX_TEXT_BYTES / 1024} KB each, ${MAX_ANALYZE_BODY / 1024 / 1024} MB in all; more is answered with 413. Nothing is stored.`,
        response: { 200: analyzeResponseSchema, ...problems(400, 413, 415, 503) },
      },
    },
    async (request, reply) => {
      const { texts } = request.body;
      refuseTooLarge(texts);
      refuseWithoutModel(context);
      reply.header('cache-control', 'no-store');
      if (request.query.explain === 'true') {
        refuseTooMany(texts);
        const explanations = (await context.sentiment.explainTexts.execute(texts)).map(wireExplanation);
        return answerOf(
          context,
          explanations.map(({ sentiment }) => sentiment),
          explanations,
        );
      }
      return answerOf(context, [...(await context.sentiment.scoreTexts.execute(texts))]);
    },
  );
};

function answerOf(context: RouteContext, results: Sentiment[], explanations?: Explanation[]): AnalyzeResponse {
  const model = results[0]?.model ?? context.model();
  if (!model) throw new ApiProblem('unavailable', 'The model did not answer.', { headers: { 'retry-after': '5' } });
  return { results, model, ...(explanations && { explanations }) };
}

function refuseTooMany(texts: readonly string[]): void {
  if (texts.length > MAX_EXPLAINED) throw wrongField('texts', `must hold at most ${MAX_EXPLAINED} texts to be explained, not ${texts.length}`, 'too-large');
  const words = texts.reduce((sum, text) => sum + explainedWords(text), 0);
  if (words > MAX_EXPLAINED_WORDS)
    throw wrongField(
      'texts',
      `must hold at most ${MAX_EXPLAINED_WORDS} words together to be explained (of each text the first 64 count), not ${words}`,
      'too-large',
    );
}

/** The schema checks the form; sizes are answered with 413, as in the design. */
function refuseTooLarge(texts: readonly string[]): void {
  if (texts.length > MAX_TEXTS) throw wrongField('texts', `must hold at most ${MAX_TEXTS} texts, not ${texts.length}`, 'too-large');
  texts.forEach((text, index) => {
    const bytes = Buffer.byteLength(text, 'utf8');
    if (bytes > MAX_TEXT_BYTES) throw wrongField(`texts[${index}]`, `must be at most ${MAX_TEXT_BYTES} bytes long, not ${bytes}`, 'too-large');
  });
}

/** @throws ApiProblem while no model can answer */
export function refuseWithoutModel({ readiness }: RouteContext): void {
  const { state, message } = readiness().parts.model;
  if (state === 'loading') throw new ApiProblem('unavailable', 'The model is still loading.', { headers: { 'retry-after': '2' } });
  if (state === 'failed') throw new ApiProblem('unavailable', `The model cannot be used: ${message ?? 'see the log'}`, { headers: { 'retry-after': '60' } });
}
