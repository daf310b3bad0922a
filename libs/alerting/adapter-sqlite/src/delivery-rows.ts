import type { Delivery } from '@barometer/alerting';
import type { SqliteDatabase } from '@barometer/storage-sqlite';

/** Writes a delivery to the outbox, or replaces the one with its id. Call it in a transaction. */
export function writeDelivery(db: SqliteDatabase, delivery: Delivery): void {
  db.run(
    'INSERT OR REPLACE INTO alert_deliveries VALUES (?, ?, ?, ?, ?)',
    delivery.id,
    delivery.state,
    delivery.availableAt,
    delivery.createdAt,
    JSON.stringify(delivery),
  );
}
