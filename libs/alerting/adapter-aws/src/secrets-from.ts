import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientSettings, FaultWatch, type AwsFault } from '@barometer/aws';
import { MINUTE, type Clock } from '@barometer/kernel';
import * as z from 'zod';

/** How long values are cached: short, so that a changed secret is soon used. */
const KEPT = 5 * MINUTE;
const secretsSchema = z.record(z.string(), z.string());

interface Options {
  /** Name or ARN of a secret that holds a JSON object of names and values; without it every lookup answers `undefined`. */
  readonly secretId: string | undefined;
  readonly clock: Clock;
  readonly report: (fault: AwsFault) => void;
  readonly client?: Pick<SecretsManagerClient, 'send'>;
}

/** Looks up the secrets of channels by name in AWS Secrets Manager. */
export function secretsFrom({ secretId, clock, report, client }: Options): (name: string) => Promise<string | undefined> {
  if (secretId === undefined) return async () => undefined;
  let known: { readonly at: number; readonly values: Promise<Readonly<Record<string, string>>> } | undefined;
  return async (name) => {
    if (!known || Math.abs(clock.now() - known.at) > KEPT) known = { at: clock.now(), values: read(client ?? watchedClient(secretId, report), secretId) };
    // An outage is not cached; it has been reported already.
    const values = await known.values.catch(() => (known = undefined));
    return values?.[name];
  };
}

async function read(client: Pick<SecretsManagerClient, 'send'>, secretId: string): Promise<Readonly<Record<string, string>>> {
  const { SecretString: text = '{}' } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  return secretsSchema.parse(JSON.parse(text));
}

function watchedClient(secretId: string, report: (fault: AwsFault) => void): SecretsManagerClient {
  const client = new SecretsManagerClient(clientSettings({ requestMs: 3_000 }));
  new FaultWatch({ kind: 'secret', name: secretId, setting: 'ALERT_SECRETS_ID', report }).observe(client);
  return client;
}
