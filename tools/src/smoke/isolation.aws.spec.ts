import { join } from 'node:path';
import { run } from '../packaging/run';
import { assertNoNetwork, findIsolation } from './isolation';

const root = join(__dirname, '../../..');
const command = [process.execPath, join(root, 'tools/bench/run.mjs'), join(__dirname, 'testing/without-network.ts')] as const;

it('leaves a process nothing but its loopback', async () => {
  const way = await findIsolation();
  expect(await run([...way, ...command], {}, root)).toContain('no network');
}, 60_000);

it('detects a network if there is one', () =>
  expect(assertNoNetwork(['127.0.0.1'])).rejects.toThrow('the way to 127.0.0.1 the kernel answers that there is one instead of ENETUNREACH'));
