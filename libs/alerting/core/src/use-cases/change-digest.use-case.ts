import { err, ok, type Result } from '@barometer/kernel';
import { isSameSchedule, type Digest, type DigestForm } from '../domain/digest';
import type { DigestDeps } from './add-digest.use-case';
import { unknownOf, type RuleProblem } from './add-rule.use-case';

/** Conflicts are rare: a digest is otherwise written about once a day. */
const MOST_ATTEMPTS = 10;

/** Changes a digest. After a change of its time, or when switched on again, only editions due from now on are sent. */
export class ChangeDigest {
  constructor(private readonly deps: DigestDeps) {}

  async execute(id: string, form: DigestForm): Promise<Result<Digest, RuleProblem | 'not-found'>> {
    const { store, alerts, news, clock } = this.deps;
    const problem = await unknownOf(form, { store: alerts, news });
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const digest = await store.digest(id);
      if (!digest) return err('not-found');
      if (problem) return err(problem);
      const now = clock.now();
      const goesOn = isSameSchedule(digest, form) && digest.enabled;
      const { createdAt, version, state } = digest;
      const changed: Digest = { ...form, id, createdAt, version, changedAt: now, state: goesOn ? state : { ...state, settledTo: now } };
      if (await store.settleDigest({ digest: changed, deliveries: [] })) return ok({ ...changed, version: version + 1 });
    }
    throw new Error(`the digest ${id} is changed by others all the time`);
  }
}
