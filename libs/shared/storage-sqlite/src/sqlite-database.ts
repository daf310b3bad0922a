import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { expiryBound, foldedWordsOf, STANDARD_RETENTION, type Retention } from '@barometer/kernel';
import { storeErrorOf } from './errors';

type Params = readonly SQLInputValue[];

/**
 * An open store. Calls are synchronous, so code between two awaits is never interleaved with another writer of this
 * process; the lock of `openDatabase` keeps other processes out. Failures of the store are thrown as `StoreError`.
 */
export class SqliteDatabase {
  private readonly statements = new Map<string, StatementSync>();

  constructor(
    private readonly connection: DatabaseSync,
    readonly path: string,
    private readonly onClose: () => void = () => undefined,
    /** How long its contents are kept. */
    readonly retention: Retention = STANDARD_RETENTION,
  ) {
    // For migrations that index texts again.
    connection.function('folded_words', { deterministic: true }, (text) => foldedWordsOf(String(text)).trim());
  }

  /** The lower bound for `articles.expires_at` at `now`: that column holds the expiry after 90 days, whatever retention is set. */
  expiryBound(now: number): number {
    return expiryBound(now, this.retention);
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
   * Runs `work`, which must not be asynchronous, in one write transaction: all of it or nothing. Moves the watermark
   * unless `visible` is false, for changes that no reader of reports can see. The transaction is on the disk when this
   * returns unless `durable` is false, for work that is repeated after a power cut. A kill undoes it in neither case,
   * and nothing that was written later is on the disk without it.
   */
  transaction<T>(work: () => T, { visible = true, durable = true }: { readonly visible?: boolean; readonly durable?: boolean } = {}): T {
    const writing = () => {
      const before = this.totalChanges();
      const result = work();
      if (visible && this.totalChanges() !== before) this.moveWatermark();
      return result;
    };
    if (durable) return this.inside('BEGIN IMMEDIATE', writing);
    this.exec('PRAGMA synchronous = NORMAL');
    try {
      return this.inside('BEGIN IMMEDIATE', writing);
    } finally {
      this.exec('PRAGMA synchronous = FULL');
    }
  }

  /** Runs several reads on one state of the store, even while another process writes. */
  snapshot<T>(work: () => T): T {
    return this.connection.isTransaction ? work() : this.inside('BEGIN', work);
  }

  /** Until the store is closed, every read sees the state of this moment, whatever another process writes. */
  holdMoment(): void {
    this.exec('BEGIN');
    // The state is that of the first read.
    this.get('SELECT count(*) FROM sqlite_schema');
  }

  /** A short text that changes with every change that a reader could see, and differs between stores. */
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
      // SQLite itself rolls back when the disk is full.
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
