import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDbArticleStore } from '@barometer/ingestion-dynamodb';
import { articleIdOf, HOUR, hourOf } from '@barometer/kernel';
import { DynamoDbScoreStore } from '@barometer/sentiment-dynamodb';
import { DayCounters, decideAndWrite } from '@barometer/storage-dynamodb';
import { localTable } from '@barometer/storage-dynamodb/testing';
import { barometer, barometerBeside, startBarometer } from './testing/barometer-process';
import { startFeedServer, type FeedEntry, type FeedServer } from './testing/feed-server';
import { untilScored } from './testing/until-scored';

jest.setTimeout(300_000);

const FEEDS = 6;
const ITEMS = 20;
const words = ['rescue', 'storm', 'council', 'record', 'strike', 'harvest', 'court', 'festival', 'recall', 'bridge'];
const entry = (feed: number, item: number): FeedEntry => ({
  title: `A ${words[item % words.length]} in district ${feed} makes day ${item} hard to forget`,
  link: `https://news.example/${feed}/${item}`,
  published: new Date(Date.now() - (feed * 37 + item * 61) * 60_000),
});

const folder = mkdtempSync(join(tmpdir(), 'barometer-dynamodb-'));
let feeds: FeedServer;
let number = 0;

/** Settings of a Barometer of its own, on this table. */
const on = (table: string): Record<string, string> => ({
  STORE: 'dynamodb',
  TABLE_NAME: table,
  AWS_ENDPOINT_URL_DYNAMODB: process.env['DYNAMODB_ENDPOINT'] ?? '',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_MAX_ATTEMPTS: '2',
  DATA_DIR: join(folder, `data-${(number += 1)}`),
  SOURCES_FILE: join(folder, 'sources.yaml'),
});

beforeAll(async () => {
  const entries = new Map(Array.from({ length: FEEDS }, (_, feed) => [`/${feed}.xml`, Array.from({ length: ITEMS }, (_item, item) => entry(feed, item))]));
  feeds = await startFeedServer(entries, 30);
  const sources = [...entries.keys()].map((path, index) => ({
    id: `feed-${index}`,
    name: `Feed ${index}`,
    url: `http://127.0.0.${1 + index}:${feeds.port}${path}`,
    homepage: 'https://example.org/',
    language: 'en',
    groups: ['test'],
  }));
  writeFileSync(join(folder, 'sources.yaml'), JSON.stringify({ sources }));
});
afterAll(async () => {
  await feeds.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the command line on a DynamoDB table', () => {
  const name = `barometer-${randomUUID()}`;
  const environment = on(name);
  const table = () => localTable(name);

  it('says that there is no table yet, and what creates it', () => {
    const missing = expect.stringMatching(
      /^The table \S+ or one of its indexes does not exist [^\n]*: "barometer up" and "barometer poll" make it at http:\S+\n$/,
    );
    for (const args of [['check'], ['export', 'articles'], ['keys', 'list']])
      expect(barometer(args, environment)).toMatchObject({ status: 1, stderr: missing });
    expect(barometer(['doctor'], environment).stdout).toMatch(/^ok +store +the table \S+ will be made/m);
  });

  it('runs the whole system; commands work on the same table meanwhile', async () => {
    const running = await startBarometer(environment);
    try {
      await untilScored(running.address, FEEDS * ITEMS);
      expect(running.output()).toMatch(new RegExp(`Added ${FEEDS} sources to the new store`));
      expect(await (await fetch(`${running.address}/readyz`)).json()).toMatchObject({ ready: true });
      expect(await barometerBeside(['check'], environment)).toMatchObject({ status: 0, stdout: 'every count agrees with the articles\n' });
      expect(await barometerBeside(['poll'], environment)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^polled 0, .* waiting 0/) });
    } finally {
      expect(await running.end('SIGTERM')).toBe(0);
    }
  });

  it('continues from there, adds no sources again, and exports every article', async () => {
    const second = await startBarometer(environment);
    await untilScored(second.address, FEEDS * ITEMS);
    expect(await second.end('SIGTERM')).toBe(0);
    expect(second.output()).not.toMatch(/Added/);
    const { stdout } = barometer(['export', 'articles', '--format', 'csv'], environment);
    expect(stdout.trim().split('\r\n')).toHaveLength(1 + FEEDS * ITEMS);
    expect(barometer(['doctor'], environment).stdout).toMatch(new RegExp(`^ok +store .*${FEEDS * ITEMS} articles scored, 0 waiting`, 'm'));
  });

  it('makes, lists and revokes keys', () => {
    const { stdout, stderr } = barometer(['keys', 'add', 'the laptop', '--role', 'write'], environment);
    const id = /^Key (\S+)/.exec(stderr)?.[1] ?? 'none';
    expect(stdout).toMatch(new RegExp(`^bar_${id}_\\w{40,}\\n$`));
    expect(barometer(['keys', 'list'], environment).stdout).toMatch(new RegExp(`^${id} +write .*the laptop`, 'm'));
    expect(barometer(['keys', 'revoke', id], environment)).toMatchObject({ status: 0 });
    expect(barometer(['keys', 'revoke', id], environment)).toMatchObject({ status: 1, stderr: expect.stringMatching(/there is no key/) });
  });

  it('brings failed articles back', async () => {
    const now = Date.now();
    const id = articleIdOf('failed');
    await new DynamoDbArticleStore(table()).addAll(
      [
        {
          id,
          url: 'https://news.example/failed',
          keys: [],
          title: 'Talks end in a lasting peace',
          summary: '',
          sourceIds: ['feed-0'],
          topics: [],
          publishedAt: now - HOUR,
          dated: true,
          fetchedAt: now,
          status: { state: 'pending' },
        },
      ],
      now,
    );
    await new DynamoDbScoreStore(table()).giveBack({ id }, 'The model could not bear it.');
    expect(barometer(['redrive'], environment)).toMatchObject({ status: 0, stdout: '1 article waits again for a score\n' });
    expect((await barometerBeside(['poll'], environment)).stdout).toMatch(/scored 1, waiting 0, failed articles 0/);
  });

  it('scores again what another model scored', async () => {
    const scores = new DynamoDbScoreStore(table());
    const { items } = await scores.scored({ limit: 3 });
    const older = items.map(({ id, sentiment }) => ({
      articleId: id,
      expected: sentiment,
      next: { ...sentiment, label: 'neutral' as const, tone: 0.000_5, model: { ...sentiment.model, revision: 'older' } },
    }));
    expect((await scores.replace(older, Date.now())).size).toBe(3);
    expect(barometer(['rescore'], environment)).toMatchObject({ status: 0, stdout: 'replaced 3, unchanged 0, changed meanwhile 0\n' });
    expect(barometer(['check'], environment)).toMatchObject({ status: 0 });
  });

  it('finds wrong counts and mends them', async () => {
    const counters = new DayCounters();
    counters.addIncrement({ scope: 'all', hour: hourOf(Date.now() - 2 * HOUR), negative: 1, neutral: 0, positive: 0, toneSum: -5, toneSquares: 0 });
    await decideAndWrite(table(), async () => ({ answer: undefined, actions: counters.actions(name, 2) }));
    expect(barometer(['check'], environment)).toMatchObject({ status: 3, stderr: expect.stringMatching(/^all at .*stored[^]*1 count differs .*--repair/) });
    expect(barometer(['check', '--repair'], environment)).toMatchObject({ status: 0, stdout: '1 count repaired\n' });
    expect(barometer(['check'], environment)).toMatchObject({ status: 0 });
  });
});

describe('two at one table', () => {
  it('share the work, and count everything once', async () => {
    const name = `barometer-${randomUUID()}`;
    const both = await Promise.all([startBarometer(on(name)), startBarometer(on(name))]);
    await Promise.all(both.map(({ address }) => untilScored(address, FEEDS * ITEMS)));
    expect(await Promise.all(both.map((one) => one.end('SIGTERM')))).toEqual([0, 0]);
    expect(barometer(['check'], on(name))).toMatchObject({ status: 0 });
    expect(barometer(['export', 'articles'], on(name)).stdout.trim().split('\n')).toHaveLength(FEEDS * ITEMS);
  });
});

describe('a table that cannot be used', () => {
  const nowhere = () => ({ ...on('barometer'), AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9' });

  it.each([
    ['is not named', { TABLE_NAME: '' }, /^TABLE_NAME must be set to the name of the DynamoDB table/],
    ['has no region', { AWS_REGION: '', AWS_CONFIG_FILE: join(folder, 'none') }, /^The region of the table barometer is not known: set AWS_REGION\.\n$/],
    ['cannot be reached', {}, /^The table barometer cannot be reached or does not answer in time \(ECONNREFUSED\)\.\n$/],
  ])('stops a command with one line where it %s', (_what, more, line) => {
    expect(barometer(['check'], { ...nowhere(), ...more })).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(line) });
  });

  it.each([
    ['AccessDeniedException', /^There is no permission for dynamodb:Query on the table barometer: [^\n]*\n$/],
    ['ExpiredTokenException', /^The credentials for the table barometer are missing, expired or not valid \(ExpiredTokenException\): renew them\.\n$/],
  ])('stops a command with one line where AWS answers %s', async (type, line) => {
    const message =
      'User: arn:aws:iam::000000000000:user/me is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:eu-central-1:000000000000:table/barometer';
    const aws = createServer((request, response) => {
      request
        .resume()
        .on('end', () =>
          response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify({ __type: `com.amazonaws.dynamodb#${type}`, message })),
        );
    });
    await new Promise<void>((resolve) => void aws.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
    expect(await barometerBeside(['check'], { ...nowhere(), AWS_ENDPOINT_URL_DYNAMODB: endpoint })).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(line),
    });
    aws.closeAllConnections();
    aws.close();
  });

  it('is reported by a running Barometer, which tries again', async () => {
    const running = await startBarometer(nowhere());
    try {
      const ready = async () => (await (await fetch(`${running.address}/readyz`)).json()) as { parts: Record<string, { state: string; message?: string }> };
      for (const end = Date.now() + 60_000; (await ready()).parts['model']?.state !== 'ok' && Date.now() < end; )
        await new Promise((resolve) => setTimeout(resolve, 200));
      expect((await ready()).parts['store']).toMatchObject({ state: 'failed', message: expect.stringMatching(/The table barometer cannot be reached/) });
      const answer = await fetch(`${running.address}/api/v1/mood`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([503, expect.stringMatching('application/problem')]);
      expect(running.output().match(/cannot be reached/g)).toHaveLength(1);
    } finally {
      expect(await running.end('SIGTERM')).toBe(0);
    }
  });
});
