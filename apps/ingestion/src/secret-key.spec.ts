import { secretKey } from './secret-key';

const clientOf = (answers: (string | Error)[]) => {
  const send = jest.fn(async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return { SecretString: answer };
  });
  return { send: send as never, calls: send };
};

it('has no key where no secret is named', async () => expect(await secretKey(undefined, () => undefined)()).toBeUndefined());

it('reads the secret once', async () => {
  const client = clientOf(['key-1\n', 'key-2']);
  const key = secretKey('secret', () => undefined, client);
  expect([await key(), await key()]).toEqual(['key-1', 'key-1']);
  expect(client.calls).toHaveBeenCalledTimes(1);
});

it('has no key while the secret cannot be read, and tries again', async () => {
  const key = secretKey('secret', () => undefined, clientOf([new Error('denied'), 'key-1']));
  expect([await key(), await key()]).toEqual([undefined, 'key-1']);
});
