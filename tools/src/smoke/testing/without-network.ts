import { stayWithoutNetwork } from '../isolation';

/** Says whether this process has no network: for tests that need a process of its own. */
export async function main(): Promise<void> {
  await stayWithoutNetwork();
  console.log('no network');
}
