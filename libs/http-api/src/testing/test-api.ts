import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { buildApi } from '../build-api';
import { problemSchema, type Problem } from '../contract';
import type { ApiDependencies } from '../dependencies';

/** An API under test: requests come from this computer by default. */
export async function testApi(deps: ApiDependencies) {
  const app = await buildApi(deps);
  await app.ready();
  return { app, ask: ask(app) };
}

const ask =
  (app: FastifyInstance) =>
  (method: string, url: string, options: Omit<InjectOptions, 'method' | 'url'> = {}): Promise<LightMyRequestResponse> =>
    app.inject({ method: method as 'GET', url, ...options, headers: { host: '127.0.0.1:4600', ...options.headers } });

/** The problem document of an answer; throws if it is none. */
export function problemOf(response: LightMyRequestResponse): Problem {
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  const problem = problemSchema.parse(response.json());
  expect(problem.status).toBe(response.statusCode);
  return problem;
}
