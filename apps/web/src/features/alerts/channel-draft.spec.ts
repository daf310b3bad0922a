import { newAlertChannelSchema, type AlertChannel } from '@barometer/http-api/contract';
import { channelDraftOf, channelKinds, channelOf } from './channel-draft';

const channels: readonly Pick<AlertChannel, 'name' | 'target'>[] = [
  { name: 'Phone', target: { kind: 'ntfy', url: 'https://ntfy.sh/my-topic' } },
  { name: 'Mail', target: { kind: 'email', secret: 'smtp', from: 'a@x.example', to: ['b@x.example', 'c@x.example'] } },
  { name: 'Chat', target: { kind: 'slack', secret: 'chat' } },
  { name: 'Hook', target: { kind: 'webhook', url: 'https://x.example/hook', secret: 'hook' } },
  { name: 'Cloud', target: { kind: 'sns', topicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts' } },
];

describe('the form of a channel', () => {
  it('covers every kind', () => expect([...channelKinds].sort()).toEqual(channels.map(({ target }) => target.kind).sort()));

  it.each(channels)('returns what it was made from: $target.kind', ({ name, target }) => {
    const channel = channelOf(channelDraftOf({ id: 'one', name, target, createdAt: '2026-11-23T00:00:00.000Z' } as AlertChannel));
    expect(channel).toEqual({ name, target });
    expect(newAlertChannelSchema.safeParse(channel).success).toBe(true);
  });

  it('accepts addresses as people write them', () => {
    expect(
      channelOf({ ...channelDraftOf(undefined), kind: 'email', name: ' Mail ', secret: 'smtp', from: 'a@x.example', to: ' b@x.example; c@x.example,\n' }),
    ).toEqual({ name: 'Mail', target: { kind: 'email', secret: 'smtp', from: 'a@x.example', to: ['b@x.example', 'c@x.example'] } });
  });
});
