import { KEPT_AT, KeptAnswers } from './kept-answers';
import { Shell } from './shell';

/** Caches as in a browser, in the order in which their entries were added. */
function memoryCaches() {
  const all = new Map<string, Map<string, Response>>();
  const keyOf = (request: RequestInfo | URL) => (request instanceof Request ? request.url : String(request));
  const open = async (name: string) => {
    const entries = all.get(name) ?? all.set(name, new Map()).get(name)!;
    return {
      match: async (request: RequestInfo) => entries.get(keyOf(request))?.clone(),
      put: async (request: RequestInfo, answer: Response) => void entries.set(keyOf(request), answer),
      delete: async (request: RequestInfo) => entries.delete(keyOf(request)),
      keys: async () => [...entries.keys()].map((url) => new Request(url)),
    } as unknown as Cache;
  };
  return { caches: { open, delete: async (name: string) => all.delete(name), keys: async () => [...all.keys()] }, all };
}

const HOUR = 3_600_000;
const home = 'https://mood.example/barometer';
const get = (path: string) => new Request(`${home}${path}`);

describe('kept answers', () => {
  let now = Date.UTC(2026, 10, 28);
  let network: (request: Request) => Promise<Response>;
  const { caches, all } = memoryCaches();
  const kept = () => new KeptAnswers({ caches, fetch: (request) => network(request), now: () => now, base: '/barometer' });
  const answering = (body: string, init: ResponseInit = {}) =>
    (network = async () => new Response(init.status === 304 ? null : body, { ...init, headers: { etag: `"${body}"`, 'set-cookie': 'no=1', ...init.headers } }));
  const unplug = () =>
    (network = async () => {
      throw new TypeError('Failed to fetch');
    });

  beforeEach(() => {
    all.clear();
    answering('mild');
  });

  it('stand in where nothing answers, with the time at which they were received', async () => {
    const answers = kept();
    expect((await answers.answer(get('/api/v1/mood?period=24h'))).headers.get(KEPT_AT)).toBeNull();
    const seenAt = new Date(now).toISOString();
    now += 3 * HOUR;
    unplug();
    const answer = await answers.answer(get('/api/v1/mood?period=24h'));
    expect([await answer.text(), answer.headers.get(KEPT_AT), answer.headers.get('etag'), answer.headers.get('set-cookie')]).toEqual([
      'mild',
      seenAt,
      '"mild"',
      null,
    ]);
    await expect(answers.answer(get('/api/v1/mood?period=7d'))).rejects.toThrow('Failed to fetch');
  });

  it('get a new time when they had not changed', async () => {
    const answers = kept();
    await answers.answer(get('/api/v1/mood'));
    now += HOUR;
    answering('mild', { status: 304 });
    await answers.answer(get('/api/v1/mood'));
    unplug();
    expect((await answers.answer(get('/api/v1/mood'))).headers.get(KEPT_AT)).toBe(new Date(now).toISOString());
  });

  it('are requested in full where only the page has them', async () => {
    const asked: (string | null)[] = [];
    network = async (request) => {
      asked.push(request.headers.get('if-none-match'));
      return asked.at(-1) ? new Response(null, { status: 304, headers: { etag: '"mild"' } }) : new Response('mild', { headers: { etag: '"mild"' } });
    };
    const answers = kept();
    const again = () => answers.answer(new Request(`${home}/api/v1/mood`, { headers: { 'if-none-match': '"mild"' } }));
    expect([(await again()).status, (await again()).status, asked]).toEqual([200, 304, [null, '"mild"']]);
  });

  it.each([
    ['a sign-out', '/api/v1/session', 'DELETE', 204],
    ['a sign-in', '/api/v1/session', 'POST', 200],
    ['an answer that asks for a key', '/api/v1/status', 'GET', 401],
  ])('are deleted after %s', async (_what, path, method, status) => {
    const answers = kept();
    await answers.answer(get('/api/v1/mood'));
    network = async () => new Response(null, { status });
    const request = new Request(home + path, { method });
    expect(answers.takes(request)).toBe(true);
    await answers.answer(request);
    expect(all.size).toBe(0);
    unplug();
    await expect(answers.answer(get('/api/v1/mood'))).rejects.toThrow();
  });

  it('of one key are not kept for the next, even those still on their way', async () => {
    const answers = kept();
    let arrive = (_: Response) => {};
    network = () => new Promise((resolve) => (arrive = resolve));
    const late = answers.answer(get('/api/v1/mood'));
    await new Promise(setImmediate);
    answering('', { status: 200 });
    await answers.answer(new Request(`${home}/api/v1/session`, { method: 'POST' }));
    arrive(new Response('of before'));
    expect(await (await late).text()).toBe('of before');
    unplug();
    await expect(answers.answer(get('/api/v1/mood'))).rejects.toThrow();
  });

  it('are neither errors nor about this moment, and last no longer than a session', async () => {
    const answers = kept();
    answering('broken', { status: 500 });
    await answers.answer(get('/api/v1/mood'));
    answering('now');
    for (const path of ['/api/v1/status', '/api/v1/capabilities', '/api/v1/alerts/episodes', '/api/v1/articles/x/explanation']) await answers.answer(get(path));
    unplug();
    for (const path of ['/api/v1/mood', '/api/v1/status', '/api/v1/capabilities', '/api/v1/alerts/episodes'])
      await expect(answers.answer(get(path))).rejects.toThrow();
    answering('mild');
    await answers.answer(get('/api/v1/mood'));
    unplug();
    now += 31 * 24 * HOUR;
    await expect(answers.answer(get('/api/v1/mood'))).rejects.toThrow();
  });

  it('are the newest of many', async () => {
    const answers = kept();
    for (let place = 0; place < 70; place += 1) await answers.answer(get(`/api/v1/mood?topic=${place}`));
    unplug();
    await expect(answers.answer(get('/api/v1/mood?topic=9'))).rejects.toThrow();
    expect(await (await answers.answer(get('/api/v1/mood?topic=10'))).text()).toBe('mild');
  });

  it('do not include changes, the stream, or another page of the same host', () => {
    const answers = kept();
    expect(answers.takes(new Request(`${home}/api/v1/topics`, { method: 'POST' }))).toBe(false);
    expect(answers.takes(get('/api/v1/live'))).toBe(false);
    expect(answers.takes(get('/feeds/articles.atom'))).toBe(false);
    expect(answers.takes(new Request('https://mood.example/api/v1/mood'))).toBe(false);
  });
});

describe('the shell', () => {
  const { caches, all } = memoryCaches();
  let network: (address: string) => Promise<Response>;
  const shell = (version: string, files = ['theme.js', 'assets/index-1.js']) =>
    new Shell({ caches, fetch: (request) => network(request instanceof Request ? request.url : request), scope: `${home}/`, version, files });
  const page = (path = '/') => Object.defineProperty(get(path), 'mode', { value: 'navigate' });

  beforeEach(() => {
    all.clear();
    network = async (address) => new Response(`net ${new URL(address).pathname}`);
  });
  afterEach(() => jest.useRealTimers());

  it('opens the page without a connection', async () => {
    const one = shell('one');
    await one.install();
    network = async () => {
      throw new TypeError('Failed to fetch');
    };
    expect(await (await one.answer(page('/?period=7d'))).text()).toBe('net /barometer/');
    expect(await (await one.answer(get('/assets/index-1.js'))).text()).toBe('net /barometer/assets/index-1.js');
  });

  it('is replaced at the next load after a new build, and the old one is deleted', async () => {
    await shell('one').install();
    await caches.open('barometer-shell /other/ one');
    const two = shell('two');
    network = async () => new Response('new');
    await two.install();
    await two.activate();
    expect([...all.keys()].sort()).toEqual(['barometer-shell /barometer/ two', 'barometer-shell /other/ one']);
    // Even before the new worker is there, the document comes from the network.
    expect(await (await shell('one').answer(page())).text()).toBe('new');
  });

  it('is not taken from an incomplete build', async () => {
    network = async (address) => new Response('', { status: address.endsWith('.js') ? 404 : 200 });
    await expect(shell('one').install()).rejects.toThrow('not complete');
  });

  it.each([502, 503, 504])('opens where a proxy answers %i for a stopped Barometer', async (status) => {
    const one = shell('one');
    await one.install();
    network = async () => new Response('Bad gateway', { status });
    expect(await (await one.answer(page())).text()).toBe('net /barometer/');
  });

  it('opens after four seconds of silence', async () => {
    const one = shell('one');
    await one.install();
    network = () => new Promise(() => {});
    jest.useFakeTimers();
    const answer = one.answer(page());
    await jest.advanceTimersByTimeAsync(4_000);
    expect(await (await answer).text()).toBe('net /barometer/');
  });

  it('does not answer for the API, feeds and deeper paths', () => {
    const one = shell('one');
    for (const path of ['/api/v1/docs', '/feeds/mood.html', '/articles/x']) expect(one.takes(page(path))).toBe(false);
    expect(one.takes(get('/icon-512.png'))).toBe(false);
    expect([one.takes(page('/?lang=de')), one.takes(get('/theme.js'))]).toEqual([true, true]);
  });
});
