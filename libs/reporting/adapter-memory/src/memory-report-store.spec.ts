import { reportStoreContract } from '@barometer/reporting/testing';
import { reportFixture } from './testing/seed';

reportStoreContract('memory', reportFixture);
