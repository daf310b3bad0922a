import { alertStoreContract, digestStoreContract } from '@barometer/alerting/testing';
import { MemoryAlertStore } from './memory-alert-store';
import { MemoryDigestStore } from './memory-digest-store';

alertStoreContract('memory', async () => new MemoryAlertStore());
digestStoreContract('memory', async () => {
  const alerts = new MemoryAlertStore();
  return { alerts, store: new MemoryDigestStore(alerts) };
});
