import { moodBadge } from '../embed/mood-badge';
import { moodCard } from '../embed/mood-card';
import type { EmbeddedMood } from '../embed/embedded-mood';
import { fakeDependencies, READ_KEY } from '../testing/fake-dependencies';
import { article, NOW, sentiment, topic } from '../testing/fake-store';
import { problemOf, testApi } from '../testing/test-api';

const BADGE = '/feeds/mood.svg';
const CARD = '/feeds/mood.html';
const CARD_KEY = 'bm_card0000_secret';
const elsewhere = { loopback: false };

const usual = {
  low: -0.3,
  high: -0.1,
  mean: -0.2,
  sd: 0.05,
  percentile: 1,
  standardScore: -2.4,
  basis: 'own' as const,
  days: 28,
  word: 'darker than usual' as const,
};
async function embedded(change: Partial<EmbeddedMood> = {}): Promise<EmbeddedMood> {
  const { deps } = fakeDependencies();
  const mood = await deps.real.mood.execute({ period: { from: NOW - 86_400_000, to: NOW } });
  return {
    about: 'Energy',
    when: 'the last 24 hours',
    pageUrl: 'http://x.example/?topic=energy',
    asOf: NOW,
    mood: { ...mood, tone: -0.41, usual: usual as never },
    ...change,
  };
}

describe('the mood for other pages', () => {
  it('is a self-contained badge with tone and verdict', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const { statusCode, headers, body } = await ask('GET', BADGE);
    expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([200, 'image/svg+xml; charset=utf-8', 'private, max-age=300']);
    expect(body).toContain('aria-label="mood: all news: −0.10 slightly negative"');
    expect(body.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|<script|<image|<style|url\(|@import/);
    expect(moodBadge(await embedded())).toContain('aria-label="mood: Energy: −0.41 darker than usual"');
  });

  it('is a card without scripts or external resources, in the requested theme', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const { headers, body } = await ask('GET', `${CARD}?topic=energy&theme=dark`);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain('<html lang="en" data-theme="dark">');
    expect(body).toContain('<h1>The mood of Energy, the last 24 hours</h1>');
    expect(body).toContain('href="http://127.0.0.1:4600/?topic=energy"');
    expect(body.replaceAll(/<a href="[^"]*"/g, '')).not.toMatch(/https?:|<script|<img|<link|url\(|@import|\sstyle=|\son\w+=/);
    const told = moodCard(await embedded(), undefined);
    for (const words of [
      'Darker than usual',
      '−0.41',
      'Usual is −0.30 to −0.10, from 28 days of its own.',
      '2 articles, as of <time datetime="2026-11-23T10:20:00.000Z">2026-11-23 10:20 UTC</time>',
    ])
      expect(told).toContain(words);
    const { mood } = await embedded();
    for (const [missing, words] of [
      ['too-few-articles', 'Too few articles, now or before. With so few articles, now or in the weeks before, nearly any tone would be usual.'],
      ['period-too-long', 'Too long a period for a usual range. There is one for periods of up to 31 days.'],
      ['nothing-known', 'Too early to say what is usual. None of these sources published in the weeks before.'],
      ['not-enough-history', 'Too early to say what is usual. That takes 7 observed or imported days before these hours, scored by the same model.'],
    ] as const)
      expect(moodCard(await embedded({ mood: { ...mood, usual: { missing } } }), undefined)).toContain(`<p class="small">${words}</p>`);
  });

  it('may be framed, and no other route may', async () => {
    const { ask } = await testApi(fakeDependencies(elsewhere).deps);
    const headers = { authorization: `Bearer ${READ_KEY}` };
    const card = (await ask('GET', CARD, { headers })).headers;
    expect(card).toMatchObject({
      'content-security-policy': expect.stringMatching(/^default-src 'none';style-src 'sha256-[^']+';base-uri 'none';form-action 'none';frame-ancestors \*$/),
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(card).not.toHaveProperty('x-frame-options');
    for (const url of [BADGE, '/feeds/articles.atom', '/api/v1/mood', '/api/v1/docs', '/healthz', '/', `${CARD}?topic=..`]) {
      expect((await ask('GET', url, { headers })).headers).toMatchObject({
        'x-frame-options': 'DENY',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      });
    }
  });

  it('reveals nothing of a Barometer without keys to other sites', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect((await ask('GET', CARD)).headers).toMatchObject({
      'content-security-policy': expect.stringContaining("frame-ancestors 'self' http://localhost:*"),
      'cross-origin-resource-policy': 'same-site',
    });
    expect((await ask('GET', BADGE)).headers).toMatchObject({ 'cross-origin-resource-policy': 'same-site' });
  });

  it.each([
    ['http://localhost:3000/page', 'cross-origin'],
    ['http://[::1]:8080/', 'cross-origin'],
    ['https://127.0.0.1/', 'cross-origin'],
    ['https://evil.example/?http://localhost/', 'same-site'],
    ['http://localhost.evil.example/', 'same-site'],
    ['http://localhost@evil.example/', 'same-site'],
    ['localhost', 'same-site'],
    [undefined, 'same-site'],
  ])('lets a page at %s show the badge if it is on this computer, under any loopback name: %s', async (referer, policy) => {
    const { ask } = await testApi(fakeDependencies().deps);
    const first = await ask('GET', BADGE, { headers: referer === undefined ? {} : { referer } });
    expect(first.headers).toMatchObject({ 'cross-origin-resource-policy': policy, vary: expect.stringContaining('referer') });
    const again = await ask('GET', BADGE, { headers: { 'if-none-match': String(first.headers.etag), ...(referer !== undefined && { referer }) } });
    expect([again.statusCode, again.headers['cross-origin-resource-policy']]).toEqual([304, policy]);
  });

  it('answers 304 until something changes, including the name of a topic', async () => {
    const { deps, store, topics } = fakeDependencies();
    const { ask } = await testApi(deps);
    for (const url of [`${BADGE}?topic=energy`, `${CARD}?topic=energy`]) {
      const headers = { 'if-none-match': String((await ask('GET', url)).headers.etag) };
      expect((await ask('GET', url, { headers })).statusCode).toBe(304);
      store.touch();
      const next = { 'if-none-match': String((await ask('GET', url, { headers })).headers.etag) };
      expect(next).not.toEqual(headers);
      await topics.change('energy', { ...topic('energy', ['title a']), name: `Power ${url}` }, NOW);
      expect((await ask('GET', url, { headers: next })).statusCode).toBe(200);
    }
  });

  it('escapes and shortens names, whatever they contain', async () => {
    const about = `</title><script>alert("1")</script>&\u202e\u0000${'long '.repeat(60)}`;
    const card = moodCard(await embedded({ about, pageUrl: 'http://x.example/?topic="><b>' }), undefined);
    const badge = moodBadge(await embedded({ about }));
    for (const text of [card, badge]) {
      expect(text).not.toMatch(/<script|<b>|\u202e|\u0000|long long long long long long long long long long long long long/);
      expect(text).toContain('&lt;/title&gt;&lt;script&gt;');
      expect(text).toContain('…');
    }
    expect(badge.length).toBeLessThan(2_500);
    expect(Number(/width="(\d+)"/.exec(badge)?.[1])).toBeLessThan(520);
  });

  it('says that nothing was scored', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect((await ask('GET', `${BADGE}?source=odd&period=7d`)).body).toContain('mood: The odd: nothing scored in the last 7 days');
    const { body } = await ask('GET', `${CARD}?source=odd`);
    expect(body).toContain('Nothing was scored in the last 24 hours');
    expect(body).not.toContain('<svg');
  });

  it('names a topic in a source, and a source by its name', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect((await ask('GET', `${CARD}?topic=energy&source=daily`)).body).toContain('<h1>The mood of Energy in The daily,');
  });

  it.each([
    ['label=positive', 'label'],
    ['period=ever', 'period'],
    ['period=100d', 'period'],
    ['theme=pink', 'theme'],
    ['topic=..', 'topic'],
    ['limit=1', 'limit'],
  ])('refuses %s', async (query, field) => {
    const { ask } = await testApi(fakeDependencies().deps);
    for (const url of [BADGE, CARD]) expect(problemOf(await ask('GET', `${url}?${query}`)).errors?.[0]?.field).toBe(field);
  });

  it('accepts a key for it in the address, for both, in any theme, and for no other scope', async () => {
    const { deps, roles } = fakeDependencies(elsewhere);
    roles.set(CARD_KEY, { role: 'feed', feed: 'mood?topic=energy' });
    const { ask } = await testApi(deps);
    for (const url of [`${BADGE}?topic=energy&key=${CARD_KEY}`, `${CARD}?key=${CARD_KEY}&topic=energy&theme=dark`]) {
      const response = await ask('GET', url);
      expect(response.statusCode).toBe(200);
      expect(response.body).not.toContain(CARD_KEY);
    }
    for (const url of [`${CARD}?key=${CARD_KEY}`, `${CARD}?topic=energy&period=7d&key=${CARD_KEY}`, `/feeds/articles.atom?topic=energy&key=${CARD_KEY}`])
      expect(problemOf(await ask('GET', url)).status).toBe(403);
    expect(problemOf(await ask('GET', `/api/v1/mood?topic=energy&key=${CARD_KEY}`)).status).toBe(401);
    expect(problemOf(await ask('GET', CARD)).status).toBe(401);
    roles.delete(CARD_KEY);
    expect(problemOf(await ask('GET', `${CARD}?topic=energy&key=${CARD_KEY}`)).status).toBe(401);
  });

  it('never shows the sample', async () => {
    const { deps } = fakeDependencies();
    const { deps: empty, store } = fakeDependencies();
    store.all.splice(0);
    const { ask } = await testApi({ ...empty, sample: deps.real });
    expect((await ask('GET', BADGE)).body).toContain('nothing scored');
    store.all.push(article('a', { state: 'scored', sentiment: sentiment(0.5) }));
    expect((await ask('GET', BADGE)).body).toContain('+0.50');
  });
});
