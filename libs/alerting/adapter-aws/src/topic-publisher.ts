import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { clientSettings } from '@barometer/aws';

/** Publishes notices to SNS topics, each in the region of its topic. Throws when SNS refuses a message. */
export function topicPublisher(clientOf: (region: string) => Pick<SNSClient, 'send'> = newClient) {
  const clients = new Map<string, Pick<SNSClient, 'send'>>();
  return async (topicArn: string, { subject, text, id }: { readonly subject: string; readonly text: string; readonly id: string }): Promise<void> => {
    const region = topicArn.split(':')[3] ?? '';
    const client = clients.get(region) ?? clientOf(region);
    clients.set(region, client);
    await client.send(
      new PublishCommand({
        TopicArn: topicArn,
        Subject: subject,
        Message: text,
        MessageAttributes: { 'delivery-id': { DataType: 'String', StringValue: id } },
      }),
    );
  };
}

const newClient = (region: string): SNSClient => new SNSClient({ ...clientSettings({ requestMs: 3_000 }), region });
