import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { barometer, startBarometer } from './testing/barometer-process';

const folder = mkdtempSync(join(tmpdir(), 'barometer-marks-'));
const environment = { DATA_DIR: join(folder, 'data'), SOURCES_FILE: join(folder, 'sources.yaml'), TOPICS_FILE: join(folder, 'topics.yaml') };
const at = new Date(Date.now() - 3_600_000).toISOString();

beforeAll(() => {
  writeFileSync(
    environment.SOURCES_FILE,
    JSON.stringify({ sources: [{ id: 'one', name: 'One', url: 'http://127.0.0.1:1/feed', homepage: 'https://n.example/', language: 'en', groups: ['test'] }] }),
  );
  writeFileSync(environment.TOPICS_FILE, JSON.stringify({ topics: [{ name: 'Sea', anyOf: ['sea'] }] }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('barometer marks adds, lists and removes notes, beside a running Barometer that shows them at once', async () => {
  const running = await startBarometer({ ...environment, STORE: 'sqlite' });
  try {
    const shown = async () =>
      ((await (await fetch(`${running.address}/api/v1/marks`)).json()) as { items: { kind: string; text: string }[] }).items
        .filter(({ kind }) => kind === 'note')
        .map(({ text }) => text);
    const { status, stdout } = barometer(['marks', 'add', 'A  storm', '--at', at, '--topic', 'sea', '--source', 'one'], environment);
    const id = stdout.trim();
    expect([status, id]).toEqual([0, expect.stringMatching(/^\d{13}-[0-9a-f]{8}$/)]);
    expect(await shown()).toEqual(['A storm']);
    const { stdout: list } = barometer(['marks', 'list'], environment);
    expect(list).toContain(`${at}  note            A storm  [topic sea, source one]  (${id})\n`);
    expect(list).toMatch(/source-added {4}Source added: One\n/);
    expect(barometer(['marks', 'list', '--topic', 'other'], environment).stdout).not.toContain('A storm');
    expect(barometer(['marks', 'remove', id], environment)).toMatchObject({ status: 0, stdout: `removed ${id}\n` });
    expect(barometer(['marks', 'remove', id], environment)).toMatchObject({ status: 1, stderr: `there is no note ${id}\n` });
    expect(await shown()).toEqual([]);
    for (const [args, message] of [
      [['x', '--topic', 'none'], 'There is no topic none.'],
      [['x', '--at', 'noon'], '--at must be a time'],
      [['x', '--at', '2020-01-01'], 'The timeline goes back 90 days.'],
      [[' '], 'A note needs a text.'],
    ] as const) {
      expect(barometer(['marks', 'add', ...args], environment)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(message) });
    }
  } finally {
    await running.end('SIGTERM');
  }
}, 120_000);
