import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { foldedWordsOf } from '@barometer/kernel';
import { storeErrorOf } from './errors';

type Params = readonly SQLInputValue[];

/**
 * One open store. Calls are synchronous, so what stands between two awaits is never interleaved with another writer of
 * this process; the lock of `openDatabase` keeps other processes out. Failures come as `StoreError` where they have a
 * meaning for the store.
 */
export class SqliteDatabase {
  private readonly statements = new Map<string, StatementSync>();

  constructor(
    private readonly connection: DatabaseSync,
    readonly path: string,
    private readonly onClose: () => void = () => undefined,
  ) {
    // For migrations, which index texts again.
    connection.function('folded_words', { deterministic: true }, (text) => foldedWordsOf(String(text)).trim());
  }

  /** The first row, or `undefined`. */
  get<Row extends object>(sql: string, ...params: Params): Row | undefined {
    return this.guard(() => this.statement(sql).get(...params) as Row | undefined);
  }

  all<Row extends object>(sql: string, ...params: Params): Row[] {
    return this.guard(() => this.statement(sql).all(...params) as Row[]);
  }

  /** How many rows changed. */
  run(sql: string, ...params: Params): number {
    return this.guard(() => Number(this.statement(sql).run(...params).changes));
  }

  /** Runs a script of several statements, such as a migration. */
  exec(sql: string): void {
    this.guard(() => this.connection.exec(sql));
  }

  /**
   * Runs `work`, which must not be asynchronous, in one write transaction: all of it or nothing. What changed moves the
   * watermark, unless `visible` is false: for what no reader of reports can see.
   */
  transaction<T>(work: () => T, options: { readonly visible?: boolean } = {}): T {
    return this.inside('BEGIN IMMEDIATE', () => {
      const before = this.totalChanges();
      const result = work();
      if (options.visible !== false && this.totalChanges() !== before) this.moveWatermark();
      return result;
    });
  }

  /** Runs several reads on one state of the store, also while another process writes. */
  snapshot<T>(work: () => T): T {
    return this.inside('BEGIN', work);
  }

  /** A short text that differs from store to store and after every change that a reader could see. */
  watermark(): string {
    const rows = this.all<{ value: string }>(`SELECT value FROM meta WHERE key IN ('store', 'watermark') ORDER BY key`);
    return rows.map((row) => row.value).join('-');
  }

  close(): void {
    if (!this.connection.isOpen) return;
    this.statements.clear();
    this.connection.close();
    this.onClose();
  }

  private moveWatermark(): void {
    this.run(`UPDATE meta SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) WHERE key = 'watermark'`);
  }

  private totalChanges(): number {
    return this.get<{ total: number }>('SELECT total_changes() AS total')?.total ?? 0;
  }

  private inside<T>(begin: string, work: () => T): T {
    this.run(begin);
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      // A full disk makes SQLite roll back by itself.
      if (this.connection.isTransaction) this.connection.exec('ROLLBACK');
      throw error;
    }
  }

  private statement(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = this.connection.prepare(sql)));
    return statement;
  }

  private guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storeErrorOf(error, this.path);
    }
  }
}
