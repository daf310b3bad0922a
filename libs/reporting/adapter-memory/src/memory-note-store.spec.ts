import { noteStoreContract } from '@barometer/reporting/testing';
import { MemoryDatabase } from '@barometer/storage-memory';
import { MemoryNoteStore } from './memory-note-store';

noteStoreContract('memory', () => new MemoryNoteStore(new MemoryDatabase()));
