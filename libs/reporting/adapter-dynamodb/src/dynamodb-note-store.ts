import { noteTime, type Note, type NoteStore, type Period } from '@barometer/reporting';
import { checkVersion, decideAndWrite, noteKey, NOTES, SCHEMA_VERSION, type DynamoDbTable, type Item } from '@barometer/storage-dynamodb';

/** Notes in the DynamoDB store: one partition, in the order of their ids, which is the order of their times. */
export class DynamoDbNoteStore implements NoteStore {
  constructor(private readonly table: DynamoDbTable) {}

  async add(note: Note): Promise<boolean> {
    return this.table.put({ ...noteKey(note.id), v: SCHEMA_VERSION, ...note }, { condition: 'attribute_not_exists(pk)' });
  }

  async list({ from, to }: Period): Promise<readonly Note[]> {
    // A bare time is shorter than any id, so the end of the range is excluded.
    return (await this.table.all({ partition: NOTES, from: noteTime(from), to: noteTime(to), consistent: true })).map(noteOf);
  }

  async count(): Promise<number> {
    return (await this.table.all({ partition: NOTES, consistent: true })).length;
  }

  async remove(id: string): Promise<boolean> {
    return decideAndWrite<boolean>(
      this.table,
      async (failed) =>
        failed
          ? { answer: false }
          : {
              answer: true,
              actions: [{ Delete: { TableName: this.table.name, Key: { ...noteKey(id) }, ConditionExpression: 'attribute_exists(pk)' } }],
            },
      { visible: false },
    );
  }

  async removeBefore(time: number): Promise<void> {
    const old = await this.table.all({ partition: NOTES, to: noteTime(time), consistent: true });
    await this.table.writeAll(
      [],
      old.map(({ sk }) => ({ pk: NOTES, sk: String(sk) })),
    );
  }
}

function noteOf(item: Item): Note {
  checkVersion(item);
  const { id, at, text, topicId, sourceId, createdAt } = item as unknown as Note;
  return { id, at, text, ...(topicId !== undefined && { topicId }), ...(sourceId !== undefined && { sourceId }), createdAt };
}
