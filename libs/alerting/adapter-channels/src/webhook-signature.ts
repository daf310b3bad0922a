import { createHmac } from 'node:crypto';
import { SECOND } from '@barometer/kernel';

/** The bytes of a secret: base64 after `whsec_`, as Standard Webhooks writes them, else the text itself. */
const keyOf = (secret: string): Buffer => (secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret, 'utf8'));

/**
 * The headers by which a receiver knows a notice and who sent it: HMAC-SHA256 over id, time and body.
 * Source: the Standard Webhooks specification, "Signature scheme".
 */
export function webhookHeaders({ id, at, body, secret }: { readonly id: string; readonly at: number; readonly body: string; readonly secret?: string | undefined }): Record<string, string> {
  const timestamp = String(Math.floor(at / SECOND));
  const signature = secret === undefined ? undefined : createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, ...(signature !== undefined && { 'webhook-signature': `v1,${signature}` }) };
}
