import { fullTextOf, linkOf, textOf, titleOf, type Channel, type ChannelTarget, type Notice, type NoticeSender, type Outcome } from '@barometer/alerting';
import type { PostAnswer } from '@barometer/guarded-http';
import { SECOND } from '@barometer/kernel';
import { sendMail } from './send-mail';
import { webhookBody } from './webhook-body';
import { problemOfKey, webhookHeaders } from './webhook-signature';

/** Publishes to an SNS topic; throws when that fails. */
export type PublishToTopic = (topicArn: string, message: { readonly subject: string; readonly text: string; readonly id: string }) => Promise<void>;

export interface ChannelSenderDeps {
  readonly post: { post(address: string, body: string, headers: Readonly<Record<string, string>>): Promise<PostAnswer> };
  /** Looks up the secret with this name. */
  readonly secret: (name: string) => Promise<string | undefined>;
  /** Absent outside AWS. */
  readonly publish?: PublishToTopic | undefined;
  /** Time limit for mail in milliseconds, 10 s by default; `post` has a limit of its own. */
  readonly totalMs?: number;
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Barometer (alerts)' };
/** SNS takes subjects of printable ASCII under 100 characters. */
const SUBJECT_LENGTH = 99;

/** Sends notices to channels of every kind. */
export class ChannelSender implements NoticeSender {
  constructor(private readonly deps: ChannelSenderDeps) {}

  async send({ target }: Channel, notice: Notice): Promise<Outcome> {
    try {
      const secret = await this.secretOf(target);
      return typeof secret === 'object' ? secret : await this.sendTo(target, secret, notice);
    } catch (error) {
      return { kind: 'failed', reason: `It could not be sent: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}`, retry: true };
    }
  }

  private async sendTo(target: ChannelTarget, secret: string | undefined, notice: Notice): Promise<Outcome> {
    switch (target.kind) {
      case 'webhook':
        return this.webhook(target.url, secret, notice);
      case 'slack':
        return this.posted(secret ?? '', { text: slackText(notice) });
      case 'ntfy':
        return this.ntfy(target.url, secret, notice);
      case 'email':
        return sendMail(target, secret ?? '', notice, this.deps.totalMs ?? 10 * SECOND);
      case 'sns':
        return this.sns(target.topicArn, notice);
    }
  }

  private async secretOf(target: ChannelTarget): Promise<string | undefined | Outcome> {
    if (!('secret' in target) || target.secret === undefined) return undefined;
    const secret = await this.deps.secret(target.secret);
    if (secret === undefined) return { kind: 'failed', reason: `The secret "${target.secret}" is not set.`, retry: true };
    const problem = target.kind === 'webhook' ? problemOfKey(secret) : secret.trim() === '' ? 'it is empty' : undefined;
    return problem === undefined ? secret : { kind: 'failed', reason: `The secret "${target.secret}" cannot be used: ${problem}.`, retry: true };
  }

  private async webhook(url: string, secret: string | undefined, notice: Notice): Promise<Outcome> {
    const body = webhookBody(notice);
    return outcomeOf(await this.deps.post.post(url, body, { ...JSON_TYPE, ...webhookHeaders({ id: notice.id, at: notice.at, body, secret }) }));
  }

  /** ntfy's JSON form allows any characters; it is posted to the server, with the topic in the body. */
  private async ntfy(address: string, token: string | undefined, notice: Notice): Promise<Outcome> {
    const url = new URL(address);
    const topic = decodeURIComponent(url.pathname.split('/').filter(Boolean).at(-1) ?? '');
    if (topic === '') return { kind: 'failed', reason: 'The address names no topic, such as https://ntfy.sh/my-topic.', retry: false };
    const shown = notice.edition ?? notice.items[0]?.episode;
    const click = shown && linkOf(notice, shown);
    const server = new URL('.', url).href;
    return this.posted(
      server,
      { topic, title: titleOf(notice), message: textOf(notice), ...(click !== undefined && { click }) },
      token === undefined ? {} : { authorization: `Bearer ${token}` },
    );
  }

  private async posted(url: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    return outcomeOf(await this.deps.post.post(url, JSON.stringify(body), { ...JSON_TYPE, ...headers }));
  }

  private async sns(topicArn: string, notice: Notice): Promise<Outcome> {
    if (!this.deps.publish) return { kind: 'failed', reason: 'SNS topics are told by a Barometer on AWS only.', retry: false };
    const subject = titleOf(notice)
      .replace(/[^\x20-\x7e]/g, '?')
      .slice(0, SUBJECT_LENGTH);
    await this.deps.publish(topicArn, { subject, text: fullTextOf(notice), id: notice.id });
    return { kind: 'sent' };
  }
}

/** Headlines are untrusted text: none may become a link or mention a person. */
const slackText = (notice: Notice): string => `*${escaped(titleOf(notice))}*\n${escaped(textOf(notice))}`;
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/@/g, '@\u200b');

function outcomeOf(answer: PostAnswer): Outcome {
  if (answer.kind !== 'answered') return { kind: 'failed', reason: answer.reason, retry: answer.kind === 'unreachable' };
  const { status, retryAfterMs } = answer;
  if (status >= 200 && status < 300) return { kind: 'sent' };
  if (status === 410) return { kind: 'failed', reason: 'The receiver answers 410: it is gone.', retry: false, gone: true };
  if (status >= 300 && status < 400)
    return { kind: 'failed', reason: `The receiver redirects (${status}), which is not followed: give the address that it leads to.`, retry: false };
  return { kind: 'failed', reason: `The receiver answers ${status}.`, retry: true, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
