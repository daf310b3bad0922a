import type { CanaryAnswer, CanaryRecord, CanaryStore } from '@barometer/canary';
import type { SqliteDatabase } from './sqlite-database';

/** The canary in the SQLite store: one row of a table of its own. */
export class SqliteCanaryStore implements CanaryStore {
  constructor(private readonly db: SqliteDatabase) {}

  async read(): Promise<CanaryRecord | undefined> {
    const row = this.db.get<{ body: string; answer: string | null }>('SELECT body, answer FROM canary');
    return row && { ...(JSON.parse(row.body) as CanaryRecord), ...(row.answer !== null && { answer: JSON.parse(row.answer) as CanaryAnswer }) };
  }

  async send({ answer: _answer, ...record }: CanaryRecord, instead: string | undefined): Promise<boolean> {
    const body = JSON.stringify(record);
    return this.changed(() =>
      instead === undefined
        ? this.db.run('INSERT OR IGNORE INTO canary (one, id, body) VALUES (1, ?, ?)', record.id, body)
        : this.db.run('UPDATE canary SET id = ?, body = ?, answer = NULL WHERE id = ?', record.id, body, instead),
    );
  }

  async answer(id: string, answer: CanaryAnswer): Promise<boolean> {
    return this.changed(() => this.db.run('UPDATE canary SET answer = ? WHERE id = ? AND answer IS NULL', JSON.stringify(answer), id));
  }

  private changed(work: () => number): boolean {
    return this.db.transaction(work, { visible: false }) > 0;
  }
}
