import { join } from 'node:path';
import { run } from './run';
import { temporaryWorkspace, tinyBundle } from './testing/tiny-workspace';

const root = join(__dirname, '../../..');

/** Packages the tiny function in a separate process. @returns the digest of the ZIP */
async function digestUnder(environment: NodeJS.ProcessEnv): Promise<string> {
  const workspace = await temporaryWorkspace(tinyBundle);
  const output = await run(
    [process.execPath, join(root, 'tools/bench/run.mjs'), join(__dirname, 'testing/zip-digest.ts')],
    { ...environment, WORKSPACE: workspace.root },
    root,
  );
  await workspace.remove();
  return /digest (\w+)/.exec(output)?.[1] ?? output;
}

it('packages the same bytes in every time zone and language', async () => {
  const digests = [await digestUnder({ TZ: 'UTC', LANG: 'C' }), await digestUnder({ TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8' })];
  expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(digests[1]).toBe(digests[0]);
}, 60_000);
