import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientSettings, FaultWatch, type AwsFault } from '@barometer/aws';
import { MINUTE, type Clock } from '@barometer/kernel';

/** How long a secret is kept before it is read again, so that a changed one soon takes effect. */
const KEPT = 5 * MINUTE;

interface Options {
  /** Name or ARN of a secret whose whole text is the client's secret. */
  readonly secretId: string;
  readonly clock: Clock;
  readonly report: (fault: AwsFault) => void;
  readonly client?: Pick<SecretsManagerClient, 'send'>;
}

/**
 * The client's secret that the provider of sign-ins issued. Rejects with a sentence that names the AWS secret if it
 * can't be read or is empty.
 */
export function clientSecret({ secretId, clock, report, client }: Options): () => Promise<string> {
  let known: { readonly at: number; readonly value: Promise<string> } | undefined;
  return async () => {
    if (!known || Math.abs(clock.now() - known.at) > KEPT) known = { at: clock.now(), value: read(client ?? watchedClient(secretId, report), secretId) };
    try {
      return await known.value;
    } catch (error) {
      known = undefined;
      throw error;
    }
  };
}

async function read(client: Pick<SecretsManagerClient, 'send'>, secretId: string): Promise<string> {
  const { SecretString: text = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretId })).catch((error: unknown) => {
    throw new Error(`the secret ${secretId} cannot be read (${(error as Error).name})`);
  });
  if (text.trim() === '') throw new Error(`the secret ${secretId} is empty: put into it what the provider gave`);
  return text.trim();
}

function watchedClient(secretId: string, report: (fault: AwsFault) => void): SecretsManagerClient {
  const client = new SecretsManagerClient(clientSettings({ requestMs: 3_000 }));
  new FaultWatch({ kind: 'secret', name: secretId, setting: 'OIDC_SECRET_ID', report }).observe(client);
  return client;
}
