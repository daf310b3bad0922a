import { topicStoreContract } from '@barometer/reporting/testing';
import { topicFixture } from './testing/seed';

topicStoreContract('sqlite', topicFixture);
