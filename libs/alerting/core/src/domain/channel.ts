/** Where notices go. `secret` is only a name: its value is looked up when it is needed, and never stored or shown. */
export type ChannelTarget =
  /** The secret signs the body. */
  | { readonly kind: 'webhook'; readonly url: string; readonly secret?: string | undefined }
  /** The secret is the webhook address that Slack, Mattermost or Discord (with `/slack`) issued. */
  | { readonly kind: 'slack'; readonly secret: string }
  /** `url` is the topic's; the secret is an access token. */
  | { readonly kind: 'ntfy'; readonly url: string; readonly secret?: string | undefined }
  /** The secret is the server's address with user and password, such as `smtps://user:password@mail.example`. */
  | { readonly kind: 'email'; readonly secret: string; readonly from: string; readonly to: readonly string[] }
  | { readonly kind: 'sns'; readonly topicArn: string };

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly target: ChannelTarget;
  readonly createdAt: number;
  /** Why the channel is switched off: its receiver answered that it is gone. */
  readonly disabled?: string | undefined;
}
