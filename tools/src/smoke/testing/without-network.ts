import { stayWithoutNetwork } from '../isolation';

/** Prints whether this process has no network: for tests that need a separate process. */
export async function main(): Promise<void> {
  await stayWithoutNetwork();
  console.log('no network');
}
