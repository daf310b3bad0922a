import { AddDigest, ChangeDigest, ListDigests, PreviewDigest, RemoveDigest, TestDigest } from '@barometer/alerting';
import { channel, digest, FakeDigestNews, FakeNews, FakeSender, fakeDigestStore, periodNews } from '@barometer/alerting/testing';
import { ManualClock } from '@barometer/kernel';
import type { DigestUseCases } from '../dependencies';
import { NOW } from './fake-store';

/** Digests on invented news: one that was sent yesterday, one channel, which answers 500, and a source `odd` without observed hours. */
export function fakeDigests(): DigestUseCases {
  const clock = new ManualClock(NOW);
  const [store, alerts, news, digestNews, sender] = [
    fakeDigestStore(
      digest(
        'morning',
        {},
        { state: { settledTo: NOW, last: { dueAt: NOW, outcome: 'silent', reason: 'Nothing was observed: no feed was read in these hours.', skipped: 1 } } },
      ),
    ),
    { channels: async () => [channel('hook')] },
    new FakeNews(),
    new FakeDigestNews(),
    new FakeSender(),
  ];
  jest
    .spyOn(digestNews, 'newsOf')
    .mockImplementation(async ({ sourceId }, { from, to }) =>
      periodNews(sourceId === 'odd' ? { volume: 0, observedHours: 0 } : { hours: to - from, observedHours: to - from }),
    );
  sender.answer = { kind: 'failed', reason: 'The receiver answers 500.', retry: true };
  const preview = new PreviewDigest({ digestNews, news, clock });
  const deps = { store, alerts, news, clock };
  return {
    list: new ListDigests(deps),
    add: new AddDigest(deps),
    change: new ChangeDigest(deps),
    remove: new RemoveDigest(deps),
    preview,
    test: new TestDigest({ ...deps, preview, sender }),
  };
}
