import { accessKeysContract } from '@barometer/access/testing';
import { MemoryDatabase } from '@barometer/storage-memory';
import { MemoryAccessKeys } from './memory-access-keys';

accessKeysContract('memory', () => new MemoryAccessKeys(new MemoryDatabase()));
