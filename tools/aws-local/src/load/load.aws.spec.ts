import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readDeployment } from '../deployment';
import { startLocalAws } from '../local-aws';
import { faultsOf } from './load-report';
import { AnswerCounts, runLoad } from './run-load';

jest.setTimeout(300_000);

const ROOT = join(__dirname, '../../../..');

it('adds up: everything published is stored and scored once, and every reader gets an answer', async () => {
  const counts = new AnswerCounts();
  const dynamoDb = process.env['DYNAMODB_ENDPOINT'];
  const settings = { TABLE_NAME: `barometer-${randomUUID()}`, ALLOW_PRIVATE_SOURCES: '1', CANARY: '0' };
  const aws = await startLocalAws({
    root: ROOT,
    deployment: readDeployment(join(ROOT, 'dist/infra/dev'), 'dev'),
    settings,
    ...(dynamoDb && { dynamoDb }),
    log: () => undefined,
    onAnswer: counts.note,
  });
  try {
    const report = await runLoad(aws, counts, { seconds: 4, feeds: 3, articlesASecond: 6, readsASecond: 2, tickSeconds: 2 }, new AbortController().signal);
    const { articles, ticks, batches, queueAge, reads, requests } = report;
    expect(faultsOf(report)).toEqual([]);
    expect(report.seconds).toBeGreaterThanOrEqual(4);
    expect(articles).toEqual({ published: articles.published, stored: articles.published, scored: articles.published, failed: 0, pending: 0 });
    expect([articles.published > 0, articles.published <= 6 * report.seconds + 6]).toEqual([true, true]);
    expect(batches.articles.sum).toBeGreaterThanOrEqual(articles.scored);
    expect([ticks.polls >= 3 * ticks.durations.count - 3, queueAge.count > 0, reads.durations.count >= 1]).toEqual([true, true, true]);
    // An article takes several requests when it is stored and when it is scored.
    expect(requests.table).toBeGreaterThan(10 * articles.stored);
    expect(requests.queue).toBeGreaterThan(0);
  } finally {
    await aws.close();
  }
});

it('ends at once on request, with the results so far', async () => {
  const counts = new AnswerCounts();
  const dynamoDb = process.env['DYNAMODB_ENDPOINT'];
  const aws = await startLocalAws({
    root: ROOT,
    deployment: readDeployment(join(ROOT, 'dist/infra/dev'), 'dev'),
    settings: { TABLE_NAME: `barometer-${randomUUID()}`, ALLOW_PRIVATE_SOURCES: '1' },
    ...(dynamoDb && { dynamoDb }),
    log: () => undefined,
  });
  const ending = new AbortController();
  try {
    const running = runLoad(aws, counts, { seconds: 600, feeds: 2, articlesASecond: 2, readsASecond: 1, tickSeconds: 60 }, ending.signal);
    setTimeout(() => ending.abort(), 2_000);
    expect((await running).seconds).toBeLessThan(120);
  } finally {
    await aws.close();
  }
});
