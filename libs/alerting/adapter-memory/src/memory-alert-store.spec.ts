import { alertStoreContract } from '@barometer/alerting/testing';
import { MemoryAlertStore } from './memory-alert-store';

alertStoreContract('memory', async () => new MemoryAlertStore());
