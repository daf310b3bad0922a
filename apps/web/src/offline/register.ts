import { BASE } from '../api/client';

/**
 * Keeps the page for times without a connection. Browsers allow that only over HTTPS or on this computer; elsewhere,
 * and if it fails, the page works without it.
 */
export async function keepForOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register(`${BASE}/sw.js`, { scope: `${BASE}/`, updateViaCache: 'none' });
  } catch (error) {
    console.info('The page is not kept for offline use:', error);
  }
}
