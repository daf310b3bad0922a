import type { CanaryAnswer, CanaryRecord, CanaryStore } from '@barometer/canary';
import { checkVersion, SCHEMA_VERSION } from './article-item';
import type { DynamoDbTable } from './dynamodb-table';
import { canaryKey } from './keys';

/** The canary in the DynamoDB store: one item, in no index; sending and answering cost one write unit each. */
export class DynamoDbCanaryStore implements CanaryStore {
  /** Without `consistent`, a read costs half and may be slightly out of date, which is enough to show the status. */
  constructor(
    private readonly table: DynamoDbTable,
    private readonly options: { readonly consistent: boolean } = { consistent: true },
  ) {}

  async read(): Promise<CanaryRecord | undefined> {
    const item = await this.table.get(canaryKey, this.options);
    if (!item) return undefined;
    checkVersion(item);
    const answer = item['answer'] as string | undefined;
    return { ...(JSON.parse(String(item['body'])) as CanaryRecord), ...(answer !== undefined && { answer: JSON.parse(answer) as CanaryAnswer }) };
  }

  async send({ answer: _answer, ...record }: CanaryRecord, instead: string | undefined): Promise<boolean> {
    const condition =
      instead === undefined
        ? { condition: 'attribute_not_exists(pk)' }
        : { condition: '#id = :instead', names: { '#id': 'id' }, values: { ':instead': instead } };
    return this.table.put({ ...canaryKey, v: SCHEMA_VERSION, id: record.id, body: JSON.stringify(record) }, condition);
  }

  async answer(id: string, answer: CanaryAnswer): Promise<boolean> {
    const changed = await this.table.update(canaryKey, 'SET answer = :answer', {
      condition: '#id = :id AND attribute_not_exists(answer)',
      names: { '#id': 'id' },
      values: { ':id': id, ':answer': JSON.stringify(answer) },
    });
    return changed !== undefined;
  }
}
