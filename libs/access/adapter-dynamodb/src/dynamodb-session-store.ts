import type { Session, SessionStore } from '@barometer/access';
import { checkVersion, decideAndWrite, SCHEMA_VERSION, sessionKey, SESSIONS, timeToLive, type DynamoDbTable, type Item } from '@barometer/storage-dynamodb';

/** Sessions in the DynamoDB store: one partition, from which DynamoDB removes expired ones. */
export class DynamoDbSessionStore implements SessionStore {
  constructor(private readonly table: DynamoDbTable) {}

  async add(session: Session): Promise<boolean> {
    return this.table.put(
      { ...sessionKey(session.id), v: SCHEMA_VERSION, ...session, ttl: timeToLive(session.expiresAt) },
      { condition: 'attribute_not_exists(pk)' },
    );
  }

  /** A consistent read, so that a session that another instance has just ended is no longer valid. */
  async find(id: string): Promise<Session | undefined> {
    const item = await this.table.get(sessionKey(id), { consistent: true });
    return item && sessionOf(item);
  }

  async touch(id: string, { seenAt, expiresAt }: Pick<Session, 'seenAt' | 'expiresAt'>): Promise<void> {
    await this.table.update(sessionKey(id), 'SET seenAt = :seen, expiresAt = :expires, #ttl = :ttl', {
      condition: 'attribute_exists(pk)',
      names: { '#ttl': 'ttl' },
      values: { ':seen': seenAt, ':expires': expiresAt, ':ttl': timeToLive(expiresAt) },
    });
  }

  async list(now: number): Promise<readonly Session[]> {
    const sessions = (await this.all()).map(sessionOf).filter(({ expiresAt }) => expiresAt > now);
    return sessions.sort((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1));
  }

  async remove(id: string): Promise<boolean> {
    return decideAndWrite<boolean>(
      this.table,
      async (failed) =>
        failed
          ? { answer: false }
          : {
              answer: true,
              actions: [{ Delete: { TableName: this.table.name, Key: { ...sessionKey(id) }, ConditionExpression: 'attribute_exists(pk)' } }],
            },
      { visible: false },
    );
  }

  async removeAll(): Promise<number> {
    const items = await this.all();
    await this.table.writeAll(
      [],
      items.map(({ sk }) => ({ pk: SESSIONS, sk: String(sk) })),
    );
    return items.length;
  }

  private all(): Promise<Item[]> {
    return this.table.all({ partition: SESSIONS, consistent: true });
  }
}

function sessionOf(item: Item): Session {
  checkVersion(item);
  const { id, digest, subject, name, email, role, grantedBy, createdAt, seenAt, expiresAt } = item as unknown as Session;
  return { id, digest, subject, name, ...(email !== undefined && { email }), role, grantedBy, createdAt, seenAt, expiresAt };
}
