import { sessionStoreContract } from '@barometer/access/testing';
import { MemoryDatabase } from '@barometer/storage-memory';
import { MemorySessionStore } from './memory-session-store';

sessionStoreContract('memory', () => new MemorySessionStore(new MemoryDatabase()));
