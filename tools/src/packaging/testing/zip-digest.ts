import { packageZip } from '../../executors/zip/executor';
import { packageOptions } from '../package-options';

/** Packages the workspace in WORKSPACE and prints the digest: for tests that need a separate process. */
export async function main(): Promise<void> {
  const { sha256 } = await packageZip(packageOptions({}, 'tiny'), process.env['WORKSPACE'] ?? '');
  console.log(`digest ${sha256}`);
}
