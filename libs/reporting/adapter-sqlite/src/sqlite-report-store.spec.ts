import { DAY } from '@barometer/kernel';
import { reportStoreContract } from '@barometer/reporting/testing';
import { reportFixture } from './testing/seed';

reportStoreContract('sqlite', (clock, retention) => reportFixture(clock, retention));
reportStoreContract('sqlite, kept for 400 days', (clock, retention = { articles: 400 * DAY, rollups: 400 * DAY }) => reportFixture(clock, retention));
