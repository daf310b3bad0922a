import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientSettings, FaultWatch, type AwsFault } from '@barometer/aws';

type Client = Pick<SecretsManagerClient, 'send'>;

/**
 * A function that gets the key in a secret. The secret is read at first use and kept; if none is named or it cannot be
 * read, there is no key, and the sources that need it say so.
 */
export function secretKey(secretId: string | undefined, report: (fault: AwsFault) => void, client?: Client): () => Promise<string | undefined> {
  if (secretId === undefined) return async () => undefined;
  let key: Promise<string | undefined> | undefined;
  return () => {
    key ??= read(client ?? watchedClient(secretId, report), secretId).catch(() => {
      // A later tick tries again; the fault is already logged.
      key = undefined;
      return undefined;
    });
    return key;
  };
}

async function read(client: Client, secretId: string): Promise<string | undefined> {
  const { SecretString: secret } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  return secret?.trim() || undefined;
}

function watchedClient(secretId: string, report: (fault: AwsFault) => void): Client {
  const client = new SecretsManagerClient(clientSettings({ requestMs: 3_000 }));
  new FaultWatch({ kind: 'secret', name: secretId, setting: 'NEWSAPI_SECRET_ID', report }).observe(client);
  return client;
}
