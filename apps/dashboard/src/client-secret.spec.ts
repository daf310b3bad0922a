import { ManualClock, MINUTE } from '@barometer/kernel';
import { clientSecret } from './client-secret';

function secretOf(...answers: (string | Error)[]) {
  const clock = new ManualClock(0);
  const send = jest.fn(async () => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return { SecretString: answer };
  });
  return { clock, send, secret: clientSecret({ secretId: 'barometer/dev/oidc-client-secret', clock, report: () => undefined, client: { send } as never }) };
}

const denied = Object.assign(new Error('User arn:aws:iam::1:x is not authorized'), { name: 'AccessDeniedException' });

it('is read at first use, and again after five minutes', async () => {
  const { clock, send, secret } = secretOf(' one\n', 'two');
  expect([await secret(), await secret(), send.mock.calls.length]).toEqual(['one', 'one', 1]);
  clock.advance(5 * MINUTE + 1);
  expect(await secret()).toBe('two');
});

it('says what is wrong, and is read again at the next use', async () => {
  const { secret } = secretOf(denied, '', 'at last');
  await expect(secret()).rejects.toThrow('the secret barometer/dev/oidc-client-secret cannot be read (AccessDeniedException)');
  await expect(secret()).rejects.toThrow('the secret barometer/dev/oidc-client-secret is empty: put into it what the provider gave');
  expect(await secret()).toBe('at last');
});
