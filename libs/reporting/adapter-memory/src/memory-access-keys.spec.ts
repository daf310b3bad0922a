import { accessKeysContract } from '@barometer/reporting/testing';
import { MemoryDatabase } from '@barometer/storage-memory';
import { MemoryAccessKeys } from './memory-access-keys';

accessKeysContract('memory', () => new MemoryAccessKeys(new MemoryDatabase()));
