import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { answering } from '@barometer/aws/testing';
import { ManualClock, MINUTE } from '@barometer/kernel';
import { secretsFrom, topicPublisher } from './index';

const local = { region: 'eu-central-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

describe('secretsFrom', () => {
  it('caches a secret, and reads it again after a while', async () => {
    const client = new SecretsManagerClient(local);
    const answers = ['{"smtp":"smtps://a"}', '{"smtp":"smtps://b"}'];
    answering(client, () => ({ SecretString: answers.shift() ?? 'no JSON' }));
    const clock = new ManualClock(0);
    const secret = secretsFrom({ secretId: 'alerts', clock, report: () => undefined, client });
    expect([await secret('smtp'), await secret('smtp'), await secret('other')]).toEqual(['smtps://a', 'smtps://a', undefined]);
    clock.advance(6 * MINUTE);
    expect(await secret('smtp')).toBe('smtps://b');
    clock.advance(6 * MINUTE);
    expect(await secret('smtp')).toBeUndefined();
  });

  it('knows no secret when no secret id is set', async () => {
    expect(await secretsFrom({ secretId: undefined, clock: new ManualClock(0), report: () => undefined })('smtp')).toBeUndefined();
  });
});

describe('topicPublisher', () => {
  it('publishes in the region of the topic, with the id of the delivery', async () => {
    const told: unknown[] = [];
    const publish = topicPublisher((region) => {
      const client = new SNSClient({ ...local, region });
      answering(client, (input) => (told.push([region, input]), {}));
      return client;
    });
    await publish('arn:aws:sns:us-east-1:000000000000:alerts', { subject: 'Dark', text: 'It is dark.', id: 'd1' });
    expect(told).toEqual([
      [
        'us-east-1',
        {
          TopicArn: 'arn:aws:sns:us-east-1:000000000000:alerts',
          Subject: 'Dark',
          Message: 'It is dark.',
          MessageAttributes: { 'delivery-id': { DataType: 'String', StringValue: 'd1' } },
        },
      ],
    ]);
  });
});
