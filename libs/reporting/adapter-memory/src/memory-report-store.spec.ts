import { DAY } from '@barometer/kernel';
import { reportStoreContract } from '@barometer/reporting/testing';
import { reportFixture } from './testing/seed';

reportStoreContract('memory', (clock, retention) => reportFixture(clock, retention));
reportStoreContract('memory, kept for 400 days', (clock, retention = { articles: 400 * DAY, rollups: 400 * DAY }) => reportFixture(clock, retention));
