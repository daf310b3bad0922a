import type { AlertChannel, NewAlertChannel } from '@barometer/http-api/contract';

export type ChannelKind = AlertChannel['target']['kind'];

/** A channel as its form holds it: the fields of all kinds, as text. */
export interface ChannelDraft {
  readonly name: string;
  readonly kind: ChannelKind;
  readonly url: string;
  /** The name of a secret, never the secret. */
  readonly secret: string;
  readonly from: string;
  /** Addresses separated by commas. */
  readonly to: string;
  readonly topicArn: string;
}

export const channelKinds: readonly ChannelKind[] = ['ntfy', 'email', 'slack', 'webhook', 'sns'];

const empty: ChannelDraft = { name: '', kind: 'ntfy', url: '', secret: '', from: '', to: '', topicArn: '' };

export function channelDraftOf(channel: AlertChannel | undefined): ChannelDraft {
  if (!channel) return empty;
  const { name, target } = channel;
  return { ...empty, name, ...target, secret: ('secret' in target && target.secret) || '', to: target.kind === 'email' ? target.to.join(', ') : '' };
}

/** The channel that a draft describes; empty fields are not sent. */
export function channelOf(draft: ChannelDraft): NewAlertChannel {
  const [secret, url] = [draft.secret.trim().toLowerCase(), draft.url.trim()];
  const named = secret === '' ? {} : { secret };
  const targets: Record<ChannelKind, NewAlertChannel['target']> = {
    webhook: { kind: 'webhook', url, ...named },
    ntfy: { kind: 'ntfy', url, ...named },
    slack: { kind: 'slack', secret },
    email: { kind: 'email', secret, from: draft.from.trim(), to: draft.to.split(/[\s,;]+/).filter(Boolean) },
    sns: { kind: 'sns', topicArn: draft.topicArn.trim() },
  };
  return { name: draft.name.trim(), target: targets[draft.kind] };
}
