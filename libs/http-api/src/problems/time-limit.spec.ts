import { fakeDependencies } from '../testing/fake-dependencies';
import { problemOf, testApi } from '../testing/test-api';

const headers = { authorization: 'Bearer bar_01234567_secret' };

/** An API whose store of keys never answers. */
const stuckApi = () => {
  const { deps } = fakeDependencies({ loopback: false, requestTimeoutMs: 100 });
  return testApi({ ...deps, keys: { execute: () => new Promise(() => undefined) } });
};

it.each([
  ['a list', 'GET', '/api/v1/mood'],
  ['an address that there is not', 'GET', '/api/v1/nowhere'],
  ['a method that an address does not take', 'PUT', '/api/v1/mood'],
  ["an address of the page's own", 'GET', '/topics'],
])('answers within the time limit where the store does not: %s', async (_what, method, url) => {
  const { ask } = await stuckApi();
  const problem = problemOf(await ask(method, url, { headers }));
  expect(problem).toMatchObject({ status: 503, detail: 'The server could not answer within its time limit.', instance: url });
});
