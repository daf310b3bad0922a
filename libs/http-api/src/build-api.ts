import fastifyRateLimit from '@fastify/rate-limit';
import { MINUTE } from '@barometer/kernel';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type FastifyServerOptions } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { addAccessControl } from './access/access';
import { trustedHops } from './access/trusted-hops';
import { PREFIX, type Api, type RouteContext, type RouteGroup } from './api';
import { withoutBasePath } from './base-path';
import type { ApiDependencies } from './dependencies';
import { KnownScopes } from './known-scopes';
import { KnownSources } from './known-sources';
import { defaultLiveLimits, LiveHub } from './live/live-hub';
import { addOpenApi } from './openapi/openapi';
import { ApiProblem } from './problems/api-problem';
import { problemHandler } from './problems/error-handler';
import { notFoundHandler, RouteTable } from './problems/not-found';
import { Reading } from './reading';
import { alertChannelRoutes, alertHistoryRoutes, alertRuleRoutes } from './routes/alerts.routes';
import { analyzeRoutes } from './routes/analyze.routes';
import { articleRoutes } from './routes/articles.routes';
import { explanationRoutes } from './routes/explanations.routes';
import { judgementRoutes } from './routes/judgements.routes';
import { digestPreviewRoutes, digestRoutes } from './routes/digests.routes';
import { docsRoutes } from './routes/docs.routes';
import { driverRoutes } from './routes/drivers.routes';
import { embedRoutes } from './routes/embed.routes';
import { feedRoutes } from './routes/feeds.routes';
import { healthRoutes } from './routes/health.routes';
import { liveRoutes } from './routes/live.routes';
import { markRoutes } from './routes/marks.routes';
import { metricsRoutes } from './routes/metrics.routes';
import { opmlRoutes } from './routes/opml.routes';
import { addPage } from './routes/page.routes';
import { breakdownRoutes, moodRoutes, timelineRoutes } from './routes/reports.routes';
import { sessionRoutes } from './routes/session.routes';
import { sessionsRoutes } from './routes/sessions.routes';
import { signInRoutes } from './routes/sign-in.routes';
import { sourceActionRoutes, sourceRoutes } from './routes/sources.routes';
import { statusRoutes } from './routes/status.routes';
import { storyRoutes } from './routes/stories.routes';
import { topicRoutes } from './routes/topics.routes';
import { ScopeReader, type ScopeQuery } from './scope-reader';
import { addSecurityHeaders } from './security-headers';

const MAX_BODY = 256 * 1024;

type CompilersFactory = NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>;

/**
 * Passed at creation, unlike with `setValidatorCompiler`, they keep Fastify from loading its own compilers for JSON
 * schemas; its types allow only those.
 */
const compilersFactory = { buildValidator: () => validatorCompiler, buildSerializer: () => serializerCompiler } as unknown as CompilersFactory;

const groups: readonly RouteGroup[] = [
  moodRoutes,
  timelineRoutes,
  markRoutes,
  breakdownRoutes,
  driverRoutes,
  articleRoutes,
  explanationRoutes,
  judgementRoutes,
  storyRoutes,
  sourceRoutes,
  sourceActionRoutes,
  opmlRoutes,
  topicRoutes,
  alertRuleRoutes,
  alertHistoryRoutes,
  alertChannelRoutes,
  digestRoutes,
  digestPreviewRoutes,
  analyzeRoutes,
  liveRoutes,
  statusRoutes,
  sessionRoutes,
  signInRoutes,
  sessionsRoutes,
  docsRoutes,
];

/**
 * The whole HTTP side of Barometer: REST under /api/v1, its documentation, the page, and health. Opens no socket: call
 * `listen` on the result, or pass it to a Lambda adapter. Closing it ends the live streams.
 *
 * @example
 * const api = await buildApi(deps);
 * await api.listen({ host: '127.0.0.1', port: 4600 });
 */
export async function buildApi(deps: ApiDependencies): Promise<FastifyInstance> {
  const log = deps.log ?? (() => undefined);
  const { basePath = '', trustProxy = false } = deps.config;
  const onProblem = problemHandler(log, basePath);
  const app: Api = fastify({
    bodyLimit: MAX_BODY,
    trustProxy: typeof trustProxy === 'number' ? trustedHops(trustProxy) : trustProxy,
    ...(basePath !== '' && { rewriteUrl: ({ url }: { readonly url?: string | undefined }) => withoutBasePath(url ?? '/', basePath) }),
    forceCloseConnections: true,
    ...(deps.config.requestTimeoutMs !== undefined && { handlerTimeout: deps.config.requestTimeoutMs }),
    routerOptions: { ignoreTrailingSlash: true },
    schemaController: { compilersFactory },
    frameworkErrors: (error, request, reply) => void onProblem(error, request as FastifyRequest, reply as unknown as FastifyReply),
  }).withTypeProvider<ZodTypeProvider>();
  app.setErrorHandler(onProblem);

  const table = new RouteTable(app as unknown as FastifyInstance);
  await addSecurityHeaders(app, deps.config);
  addAccessControl(app as unknown as FastifyInstance, deps);
  await addRateLimit(app, deps);
  await addOpenApi(app, deps.version, basePath);
  addRoutes(app, deps);
  const page = await addPage(app, deps.webRoot, basePath);
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, notFoundHandler(table, page));
  return app as unknown as FastifyInstance;
}

function addRoutes(app: Api, deps: ApiDependencies): void {
  const hub = deps.live && new LiveHub(deps.live, deps.clock, { ...defaultLiveLimits, ...deps.config.live });
  const reading = new Reading(deps);
  const known = new KnownSources(deps);
  const existing = new KnownScopes({ ...deps, reading, known });
  const context: RouteContext = {
    ...deps,
    prefix: `${deps.config.basePath ?? ''}${PREFIX}`,
    reading,
    known,
    scopes: new ScopeReader(known),
    ...(hub && { hub }),
  };
  app.addHook('preHandler', async ({ query, routeOptions }) => (routeOptions.schema?.querystring ? existing.require(query as ScopeQuery) : undefined));
  app.addHook('onSend', async ({ method }) => {
    if (method === 'GET' || method === 'HEAD') return;
    known.forget();
    existing.forget();
  });
  app.addHook('preClose', async () => {
    await hub?.close();
  });
  healthRoutes(app, context);
  feedRoutes(app, context);
  embedRoutes(app, context);
  metricsRoutes(app, context);
  void app.register(async (scope) => groups.forEach((addGroup) => addGroup(scope as unknown as Api, context)), { prefix: PREFIX });
}

/**
 * Counts by key, and by address if there is no key or a wrong one, so that guessing keys is limited too. On loopback
 * there are no keys and no limit: otherwise any page that loads pictures from there could lock the owner out.
 */
async function addRateLimit(app: Api, { config }: ApiDependencies): Promise<void> {
  await app.register(fastifyRateLimit, {
    max: config.rateLimit,
    timeWindow: MINUTE,
    allowList: () => config.loopback,
    keyGenerator: (request) => request.caller?.keyId ?? `address ${request.ip}`,
    errorResponseBuilder: () => new ApiProblem('too-many-requests', 'Too many requests; Retry-After says when to go on.'),
  });
}
