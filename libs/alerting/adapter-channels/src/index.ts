export { ChannelSender, type ChannelSenderDeps, type PublishToTopic } from './channel-sender';
export { webhookBody } from './webhook-body';
