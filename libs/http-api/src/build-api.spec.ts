import { fakeDependencies } from './testing/fake-dependencies';
import { testApi } from './testing/test-api';

/** Lambda's bundle leaves these out, and every start is faster without them. */
jest.mock('@fastify/ajv-compiler', () => {
  throw new Error('loaded');
});
jest.mock('@fastify/fast-json-stringify-compiler', () => {
  throw new Error('loaded');
});

it('validates and answers by zod, without the compilers of JSON schemas that Fastify brings', async () => {
  const { ask } = await testApi(fakeDependencies().deps);
  expect((await ask('GET', '/api/v1/mood')).statusCode).toBe(200);
  expect((await ask('GET', '/api/v1/mood?period=ever')).statusCode).toBe(400);
});
