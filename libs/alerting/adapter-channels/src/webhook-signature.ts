import { createHmac } from 'node:crypto';
import { SECOND } from '@barometer/kernel';

const PREFIX = 'whsec_';
/** Length of a key in bytes. Source: the Standard Webhooks specification, "Signature scheme". */
const [LEAST_BYTES, MOST_BYTES] = [24, 64];

/** Why a secret cannot be used to sign, without quoting it; `undefined` where it can. An empty key is always refused. */
export function problemOfKey(secret: string): string | undefined {
  if (!secret.startsWith(PREFIX)) return secret === '' ? 'it is empty' : undefined;
  const text = secret.slice(PREFIX.length);
  const key = Buffer.from(text, 'base64');
  const unpadded = (base64: string) => base64.replace(/={1,2}$/, '');
  // Node skips characters that are not base64, so only encoding the bytes again shows whether there were any.
  if (unpadded(key.toString('base64')) !== unpadded(text)) return `what follows ${PREFIX} is no base64`;
  return key.length < LEAST_BYTES || key.length > MOST_BYTES ? `its key has ${key.length} bytes, and must have ${LEAST_BYTES} to ${MOST_BYTES}` : undefined;
}

/** The bytes of a secret: base64 after `whsec_`, as in Standard Webhooks, else the text itself. Throws where `problemOfKey` names a problem. */
function keyOf(secret: string): Buffer {
  const problem = problemOfKey(secret);
  if (problem !== undefined) throw new Error(`the secret cannot sign: ${problem}`);
  return secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret, 'utf8');
}

/**
 * The headers by which a receiver verifies a notice and its sender: HMAC-SHA256 over id, time and body.
 * Source: the Standard Webhooks specification, "Signature scheme".
 */
export function webhookHeaders({
  id,
  at,
  body,
  secret,
}: {
  readonly id: string;
  readonly at: number;
  readonly body: string;
  readonly secret?: string | undefined;
}): Record<string, string> {
  const timestamp = String(Math.floor(at / SECOND));
  const signature = secret === undefined ? undefined : createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, ...(signature !== undefined && { 'webhook-signature': `v1,${signature}` }) };
}
