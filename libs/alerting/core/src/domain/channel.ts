/** Where notices go. `secret` is a name: what it stands for is looked up when it is needed, and never kept or shown. */
export type ChannelTarget =
  /** The secret signs what is posted. */
  | { readonly kind: 'webhook'; readonly url: string; readonly secret?: string | undefined }
  /** The secret is the address that Slack, Mattermost or Discord (with `/slack`) gave out. */
  | { readonly kind: 'slack'; readonly secret: string }
  /** `url` is that of the topic; the secret is an access token. */
  | { readonly kind: 'ntfy'; readonly url: string; readonly secret?: string | undefined }
  /** The secret is the server's address with user and password, such as `smtps://user:password@mail.example`. */
  | { readonly kind: 'email'; readonly secret: string; readonly from: string; readonly to: readonly string[] }
  | { readonly kind: 'sns'; readonly topicArn: string };

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly target: ChannelTarget;
  readonly createdAt: number;
  /** Why nothing is sent there any more: its receiver said that it is gone. */
  readonly disabled?: string | undefined;
}
