import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AddAccessKey, ListAccessKeys, TakeFirstKey, VerifyAccessKey } from '@barometer/access';
import { MemoryAccessKeys } from '@barometer/access-memory';
import { ManualClock, StoreError } from '@barometer/kernel';
import { MemoryDatabase } from '@barometer/storage-memory';
import { prepareFirstKey } from './first-key';

const newKeys = () => new MemoryAccessKeys(new MemoryDatabase());
const KEY = `bar_0123abcd_${'5'.repeat(64)}`;

describe('the first key', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'barometer-first-key-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  function fileOf(content: string, mode = 0o600): string {
    const path = join(folder, 'key');
    rmSync(path, { force: true });
    writeFileSync(path, content);
    chmodSync(path, mode);
    return path;
  }

  async function start(settings: { needsKeys?: boolean; adminKeyFile?: string; store?: 'sqlite' | 'memory' }, keys = newKeys()) {
    const lines: string[] = [];
    await prepareFirstKey({
      settings: { host: '0.0.0.0', store: 'sqlite', needsKeys: true, adminKeyFile: undefined, ...settings },
      listKeys: new ListAccessKeys({ keys }),
      takeFirstKey: new TakeFirstKey({ keys, clock: new ManualClock(1) }),
      log: (line) => lines.push(line),
    });
    return { said: lines.join('\n'), role: (await new VerifyAccessKey({ keys }).execute(KEY))?.role, keys };
  }

  it('is required if keys are needed and none exists', async () => {
    expect((await start({})).said).toMatch(/HOST 0\.0\.0\.0 can be reached .* there is none yet: run "barometer keys add NAME --role write".*ADMIN_KEY_FILE/);
    expect((await start({ store: 'memory' })).said).toContain('STORE=memory keeps none: name a file');
    expect((await start({ needsKeys: false })).said).toBe('');
  });

  it.each([0o600, 0o400, 0o640])('is taken from a file of mode %o, and never printed', async (mode) => {
    const { said, role } = await start({ adminKeyFile: fileOf(`${KEY}\n`, mode) });
    expect([said, role]).toEqual(['Key 0123abcd (write) is taken from ADMIN_KEY_FILE; "barometer keys revoke" ends it.', 'write']);
  });

  it('is left alone if there are keys already, so that the file may be removed', async () => {
    const keys = newKeys();
    await new AddAccessKey({ keys, clock: new ManualClock(1) }).execute({ name: 'mine', role: 'write' });
    expect(await start({ adminKeyFile: join(folder, 'gone') }, keys)).toMatchObject({ said: '', role: undefined });
  });

  it.each<[string, string, number, RegExp]>([
    ['others can read', KEY, 0o604, /can be read or changed by others \(its mode is 604\): run "chmod 600" on it/],
    ['a group can change', KEY, 0o660, /its mode is 660/],
    ['holds something else', 'hunter2', 0o600, /holds no key: one is "bar_"/],
    ['holds too much', 'x'.repeat(2000), 0o600, /too large for a key/],
    ['is empty', '', 0o600, /holds no key/],
  ])('is not taken from a file that %s', async (_what, content, mode, words) => {
    const attempt = start({ adminKeyFile: fileOf(content, mode) });
    await expect(attempt).rejects.toThrow(words);
    await expect(attempt).rejects.toThrow(expect.not.objectContaining({ message: expect.stringMatching(/hunter2|bar_0123/) }) as Error);
  });

  it.each([
    ['gone', /cannot be read \(ENOENT\)/],
    ['.', /is no file/],
  ])('is not taken from "%s"', async (name, words) => {
    await expect(start({ adminKeyFile: join(folder, name) })).rejects.toThrow(words);
  });

  it('is not required while the store does not answer', async () => {
    const keys = newKeys();
    keys.list = async () => {
      throw new StoreError('away');
    };
    expect((await start({}, keys)).said).toBe('');
  });
});
