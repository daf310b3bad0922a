import { err, ok, randomHex, type Clock, type Result } from '@barometer/kernel';
import type { Digest, DigestForm } from '../domain/digest';
import type { AlertNews } from '../ports/alert-news.port';
import type { AlertStore } from '../ports/alert-store.port';
import type { DigestStore } from '../ports/digest-store.port';
import { unknownOf, type RuleProblem } from './add-rule.use-case';

/** Limited, since all digests are read every minute. */
export const MOST_DIGESTS = 20;

/** What the use cases of digests depend on. */
export interface DigestDeps {
  readonly store: DigestStore;
  readonly alerts: Pick<AlertStore, 'channels'>;
  readonly news: Pick<AlertNews, 'nameOf'>;
  readonly clock: Clock;
}

/** Adds a digest; its first edition is the next one that is due. */
export class AddDigest {
  constructor(private readonly deps: DigestDeps) {}

  async execute(form: DigestForm): Promise<Result<Digest, RuleProblem>> {
    const { store, alerts, news, clock } = this.deps;
    const problem = await unknownOf(form, { store: alerts, news });
    if (problem) return err(problem);
    if ((await store.digests()).length >= MOST_DIGESTS)
      return err({ field: 'name', code: 'too-many', message: `There are ${MOST_DIGESTS} digests already; remove one first.` });
    const now = clock.now();
    const digest: Digest = { ...form, id: randomHex(6), createdAt: now, changedAt: now, version: 1, state: { settledTo: now } };
    await store.addDigest(digest);
    return ok(digest);
  }
}
