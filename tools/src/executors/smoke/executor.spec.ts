import type { ExecutorContext } from '@nx/devkit';
import { MissingPart } from '../../packaging/missing-part';
import { temporaryWorkspace } from '../../packaging/testing/tiny-workspace';
import { findIsolation } from '../../smoke/isolation';
import smoke, { smokeCommand } from './executor';

it('removes the network by a prefix of its command', () => {
  expect(smokeCommand('/w')[0]).toBe(process.execPath);
  expect(smokeCommand('/w', ['unshare', '--net', '--']).slice(0, 4)).toEqual(['unshare', '--net', '--', process.execPath]);
});

describe('a separate network', () => {
  const found = (works: (way: string) => boolean) => findIsolation(async (way) => works(way.join(' ')));
  it('can be made by root', async () => expect((await found(() => true)).join(' ')).toBe('unshare --net --'));
  it('can be made by podman for other users', async () =>
    expect((await found((way) => way.startsWith('podman'))).join(' ')).toBe('podman unshare unshare --net --'));
  it('can be made without podman', async () =>
    expect((await found((way) => way.includes('--user'))).join(' ')).toBe('unshare --user --map-root-user --net --'));
  it('is missing if no way works', () => expect(found(() => false)).rejects.toThrow(MissingPart));
});

describe('a smoke test without a network, where that cannot be removed', () => {
  const impossible = () => findIsolation(async () => false);
  let workspace: Awaited<ReturnType<typeof temporaryWorkspace>>;
  let words: jest.SpyInstance[];
  const said = () => words.flatMap((spy) => spy.mock.calls.flat()).join('\n');
  const run = (skipWhereMissing?: boolean) =>
    smoke({ app: 'tiny', ...(skipWhereMissing === undefined ? {} : { skipWhereMissing }) }, { root: workspace.root } as ExecutorContext, impossible);
  beforeEach(async () => {
    workspace = await temporaryWorkspace({ 'apps/tiny/smoke.json': '{"network":"none","events":[{"name":"a","event":{},"expect":{}}]}' });
    words = (['log', 'warn', 'error'] as const).map((name) => jest.spyOn(console, name).mockReturnValue(undefined));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    delete process.env['SMOKE_SKIP_MISSING'];
    await workspace.remove();
  });

  it('fails and names what is missing', async () => {
    expect(await run()).toEqual({ success: false });
    expect(said()).toContain('This machine cannot take the network away from the test: that needs Linux with unshare and ip');
  });

  it.each([
    ['the option', true, undefined],
    ['the environment', undefined, '1'],
  ])('passes with the reason printed if %s allows that', async (_what, option, setting) => {
    if (setting) process.env['SMOKE_SKIP_MISSING'] = setting;
    expect(await run(option)).toEqual({ success: true });
    expect(said()).toContain('Skipped the smoke test of tiny: This machine cannot take the network away');
  });
});
