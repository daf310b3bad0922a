import type { Outcome } from '../domain/delivery';
import type { Notice } from '../domain/notice';
import type { NoticeSender } from '../ports/notice-sender.port';

/** Records what was sent, and answers with the outcomes it was given. */
export class FakeSender implements NoticeSender {
  readonly sent: Notice[] = [];
  answer: Outcome = { kind: 'sent' };

  async send(_channel: unknown, notice: Notice): Promise<Outcome> {
    this.sent.push(notice);
    return this.answer;
  }
}

/** Makes a process fail at the nth call, before or after the call has done its work. */
export function killedAt(nth: number, isDone: boolean) {
  let calls = 0;
  return <T extends object>(target: T): T =>
    new Proxy(target, {
      get:
        (object, name) =>
        async (...given: unknown[]) => {
          const call = () => (object[name as keyof T] as (...all: unknown[]) => Promise<unknown>).apply(object, given);
          calls += 1;
          if (calls > nth) throw new Error('dead');
          if (calls < nth) return call();
          if (isDone) await call();
          throw new Error('killed');
        },
    });
}
