import { HOUR, MINUTE } from '@barometer/kernel';
import { afterAttempt, type Delivery } from './delivery';

const waiting: Delivery = { id: 'd', channelId: 'c', told: [], state: 'waiting', attempts: 0, createdAt: 0, availableAt: 0 };
const failure = { kind: 'failed', reason: 'it answers 500', retry: true } as const;

describe('afterAttempt', () => {
  it('waits longer each time, and gives up after a day with the reason', () => {
    let [delivery, now] = [waiting, 0];
    while (delivery.state === 'waiting') {
      delivery = afterAttempt(delivery, failure, now);
      now = delivery.availableAt;
    }
    expect(delivery).toMatchObject({ state: 'failed', attempts: 9, reason: 'it answers 500' });
    expect(now / HOUR).toBeGreaterThan(24);
    expect(now / HOUR).toBeLessThan(25);
  });

  it('keeps what was sent, without an old reason', () => {
    expect(afterAttempt(afterAttempt(waiting, failure, 0), { kind: 'sent' }, 9)).toEqual({ ...waiting, state: 'sent', attempts: 2, sentAt: 9, availableAt: 9 });
  });

  it('gives up at once when no retry can help, and waits as long as the receiver asks', () => {
    expect(afterAttempt(waiting, { ...failure, retry: false }, 0).state).toBe('failed');
    expect(afterAttempt(waiting, { ...failure, retryAfterMs: 10 * MINUTE }, 0).availableAt).toBe(10 * MINUTE);
  });
});
