import { Writable } from 'node:stream';
import { AddDigest, ListDigests, PreviewDigest, RemoveDigest, TestDigest } from '@barometer/alerting';
import { channel, digest, FakeDigestNews, fakeDigestStore, FakeNews, FakeSender, NOON, periodNews } from '@barometer/alerting/testing';
import { DAY, ManualClock } from '@barometer/kernel';
import type { CliContext } from '../context';
import { runCommandLine } from '../program';

/** Runs a command line with fake digests. */
async function run(argv: readonly string[], { news = periodNews(), answer = { kind: 'sent' } as FakeSender['answer'], gone = false } = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const into = (lines: string[]) => new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) });
  const store = fakeDigestStore(
    digest(
      'a',
      {},
      {
        state: {
          settledTo: NOON,
          last: { dueAt: NOON - DAY, outcome: 'silent', reason: 'Nothing was observed: no feed was read in these hours.', skipped: 2 },
        },
      },
    ),
    digest('b', { every: 'week', weekday: 'friday', enabled: false, name: 'Week' }),
  );
  const [clock, sender, digestNews] = [new ManualClock(NOON), new FakeSender(), new FakeDigestNews(news)];
  sender.answer = answer;
  const deps = { store, alerts: { channels: async () => [channel('hook')] }, news: Object.assign(new FakeNews(), { gone }), clock };
  const preview = new PreviewDigest({ digestNews, news: deps.news, clock });
  const digests = {
    list: new ListDigests(deps),
    add: new AddDigest(deps),
    remove: new RemoveDigest(deps),
    preview,
    test: new TestDigest({ ...deps, preview, sender }),
  };
  const context = {
    version: '1',
    io: { stdout: into(out), stderr: into(err) },
    openSystem: async () => ({ digests, home: 'https://mood.example', close: async () => undefined }),
  } as unknown as CliContext;
  const code = await runCommandLine(['digest', ...argv], context, () => false);
  return { code, out: out.join(''), err: err.join(''), asked: digestNews.asked, digests: await store.digests(), sent: sender.sent };
}

describe('barometer digest', () => {
  it('prints the digest of the day by default', async () => {
    const { code, out, asked } = await run(['--tz', 'Europe/Vienna']);
    expect([code, asked.map(({ from, to }) => to - from)]).toEqual([0, [24]]);
    expect(out).toMatch(/^DARKER THAN USUAL\nAll news, Sun 22 Nov 13:00 to Mon 23 Nov 13:00 \(Europe\/Vienna\)\n/);
    expect(out).toContain('See it: https://mood.example/?from=2026-11-22T12%3A00%3A00.000Z&to=2026-11-23T12%3A00%3A00.000Z');
  });

  it('prints a week up to a time, about a topic, as HTML or as JSON', async () => {
    const json = JSON.parse((await run(['--weekly', '--at', '2026-11-20T07:00:00Z', '--topic', 'energy', '--json'])).out) as object;
    expect(json).toMatchObject({
      every: 'week',
      from: '2026-11-13T07:00:00.000Z',
      to: '2026-11-20T07:00:00.000Z',
      scope: { topic: 'energy' },
      verdict: 'Darker than usual',
    });
    expect((await run(['--html'])).out).toMatch(/^<!doctype html>[\s\S]*Biggest stories[\s\S]*<\/html>\n$/);
  });

  it('says that there is nothing to report', async () => {
    expect(await run([], { news: periodNews({ volume: 0, observedHours: 0 }) })).toMatchObject({
      code: 2,
      out: '',
      err: 'Nothing was observed: no feed was read in these hours. There is nothing to tell.\n',
    });
  });

  it.each([
    ['--topic', 'there is no topic nope\n'],
    ['--source', 'there is no source nope\n'],
    ['--group', 'there is no group nope\n'],
  ])('says that what %s names does not exist', async (option, err) => {
    expect(await run([option, 'nope'], { gone: true })).toMatchObject({ code: 2, out: '', err });
  });

  it('lists digests with the state of the last edition', async () => {
    expect((await run(['list'])).out).toBe(
      [
        'a  next 2026-11-24T06:00:00.000Z  Morning: every day at 07:00 Europe/Vienna; 2026-11-22T12:00:00.000Z silent: Nothing was observed: no feed was read in these hours. (2 before it skipped)',
        'b  off  Week: every friday at 07:00 Europe/Vienna',
        '',
      ].join('\n'),
    );
  });

  it('adds the digest that the options describe, and removes one', async () => {
    const { code, digests } = await run([
      'add',
      'Energy',
      '--weekly',
      '--on',
      'sunday',
      '--time',
      '18:30@Asia/Kolkata',
      '--topic',
      'energy',
      '--channel',
      'hook',
    ]);
    expect([code, digests.at(-1)]).toMatchObject([
      0,
      { name: 'Energy', every: 'week', weekday: 'sunday', time: '18:30', timeZone: 'Asia/Kolkata', scope: { topicId: 'energy' }, channelIds: ['hook'] },
    ]);
    expect((await run(['remove', 'b'])).digests.map(({ id }) => id)).toEqual(['a']);
  });

  it('sends a test', async () => {
    const { out, sent } = await run(['test', 'a']);
    expect([out, sent]).toMatchObject(['the test arrived at hook\n', [{ test: true, edition: { name: 'Morning' } }]]);
  });

  it.each([
    [['--at', 'yesterday'], '--at must be an ISO 8601 time'],
    [['--tz', 'Mars'], '--tz must be a time zone'],
    [['--daily', '--weekly'], "option '--daily' cannot be used with option '--weekly'"],
    [['add', 'x'], '--channel must name at least one channel'],
    [['add', 'x', '--channel', 'nowhere'], 'There is no channel nowhere.'],
    [['add', 'x', '--channel', 'hook', '--time', '7'], '--time must be a time of day'],
    [['add', 'x', '--channel', 'hook', '--time', '07:00@Mars'], '--time must be a time zone'],
    [['add', 'x', '--channel', 'hook', '--on', 'friday'], '--on goes with --weekly'],
    [['remove', 'z'], 'there is no digest z'],
    [['test', 'z'], 'there is no digest z'],
    [['test', 'a'], 'hook: It answers 500.'],
  ])('refuses %j with one line', async (argv, line) => {
    const { code, err } = await run(argv, { answer: { kind: 'failed', reason: 'It answers 500.', retry: true } });
    expect([code, err]).toEqual([1, expect.stringContaining(line)]);
  });
});
