import type { Note, NoteStore, Period } from '@barometer/reporting';
import type { SqliteDatabase } from '@barometer/storage-sqlite';

type Row = Omit<Note, 'topicId' | 'sourceId'> & { readonly topicId: string | null; readonly sourceId: string | null };

/** Notes in the SQLite store. They do not change the watermark, since no figure depends on them. */
export class SqliteNoteStore implements NoteStore {
  constructor(private readonly db: SqliteDatabase) {}

  async add({ id, at, text, topicId, sourceId, createdAt }: Note): Promise<boolean> {
    return this.db.run('INSERT OR IGNORE INTO notes VALUES (?, ?, ?, ?, ?, ?)', id, at, text, topicId ?? null, sourceId ?? null, createdAt) > 0;
  }

  async list({ from, to }: Period): Promise<readonly Note[]> {
    return this.db
      .all<Row>(
        'SELECT id, at, text, topic_id AS topicId, source_id AS sourceId, created_at AS createdAt FROM notes WHERE at >= ? AND at < ? ORDER BY at, id',
        from,
        to,
      )
      .map(noteOf);
  }

  async count(): Promise<number> {
    return this.db.get<{ n: number }>('SELECT count(*) AS n FROM notes')?.n ?? 0;
  }

  async remove(id: string): Promise<boolean> {
    return this.db.run('DELETE FROM notes WHERE id = ?', id) > 0;
  }

  async removeBefore(time: number): Promise<void> {
    this.db.run('DELETE FROM notes WHERE at < ?', time);
  }
}

const noteOf = ({ topicId, sourceId, ...note }: Row): Note => ({ ...note, ...(topicId !== null && { topicId }), ...(sourceId !== null && { sourceId }) });
