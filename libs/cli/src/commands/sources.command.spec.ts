import { Writable } from 'node:stream';
import { ChangeSources, ListSources, type Source } from '@barometer/ingestion';
import { exampleSource, FakeSources } from '@barometer/ingestion/testing';
import { ManualClock } from '@barometer/kernel';
import type { CliContext } from '../context';
import { runCommandLine } from '../program';

const failing = { ...exampleSource().health, status: 'failed' as const, failures: 4, message: 'No such host.' };
const some = (): Source[] => [
  exampleSource({ id: 'ard', url: 'https://ard.example/', name: 'ARD', groups: ['News/Germany', 'Must read'] }),
  exampleSource({ id: 'bbc', url: 'https://bbc.example/', name: 'BBC', groups: ['News/World'], health: failing }),
  exampleSource({ id: 'files', kind: 'import', url: 'import:files', name: 'Files', paused: true }),
];

/** Runs a command line over three sources. */
async function run(...argv: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const into = (lines: string[]) => new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) });
  const sources = new FakeSources(...some());
  const system = {
    listSources: new ListSources({ sources, clock: new ManualClock(0) }),
    changeSources: new ChangeSources({ sources }),
    close: async () => undefined,
  };
  const context = { version: '1', io: { stdout: into(out), stderr: into(err) }, openSystem: async () => system } as unknown as CliContext;
  const code = await runCommandLine(['sources', ...argv], context, () => false);
  process.exitCode = undefined;
  return { code, out: out.join(''), err: err.join(''), sources: await sources.list() };
}

const groups = ({ sources }: { sources: readonly Source[] }) => Object.fromEntries(sources.map((source) => [source.id, source.groups]));

describe('barometer sources', () => {
  it('lists them with state, groups and why one fails', async () => {
    expect((await run('list')).out).toBe(
      'ard  new      ARD  [News/Germany, Must read]\nbbc  failing  BBC  [News/World]  No such host.\nfiles  paused   Files\n',
    );
    expect((await run('list', '--sort', 'trouble')).out.split('\n')[0]).toMatch(/^bbc/);
    expect((await run('list', '--group', 'news', '--search', 'ARD example', '--json')).out).toBe(
      `${JSON.stringify({ id: 'ard', name: 'ARD', url: 'https://ard.example/', kind: 'feed', state: 'new', groups: ['News/Germany', 'Must read'], failures: 0, message: null })}\n`,
    );
    expect((await run('list', '--state', 'failing')).out).toMatch(/^bbc .*\n$/);
    expect((await run('groups')).out).toBe('    1  Must read\n    2  News\n    1  News/Germany\n    1  News/World\n');
  });

  it('changes the selected ones, by their ids or by their properties', async () => {
    expect(groups(await run('move', 'Press', '--group', 'News'))).toEqual({ ard: ['Press'], bbc: ['Press'], files: undefined });
    expect(groups(await run('group', 'Archive', 'files'))).toMatchObject({ files: ['Archive'] });
    expect(groups(await run('ungroup', '--group', 'News'))).toEqual({ ard: ['Must read'], bbc: undefined, files: undefined });
    expect(groups(await run('ungroup', 'ard'))).toMatchObject({ ard: undefined });
    const paused = await run('pause', '--state', 'failing');
    expect([paused.out, paused.sources.map(({ paused: is }) => is)]).toEqual(['changed 1 source\n', [false, true, true]]);
    const removed = await run('remove', '--search', 'example');
    expect([removed.out, removed.sources.map(({ id }) => id)]).toEqual(['removed 2 sources\n', ['files']]);
  });

  it('first shows which these would be', async () => {
    const { out, sources } = await run('remove', '--group', 'News', '--dry-run');
    expect([out.split('\n').length, sources.length]).toEqual([3, 3]);
  });

  it.each([
    [['remove'], 'Say which sources: by their ids, or by --group, --search or --state.'],
    [['pause', 'nobody'], 'There is no source nobody; "barometer sources list" shows their ids.'],
    [['move', ' / ', 'ard'], 'The name of a group must not be empty.'],
    [['move', 'a/b/c/d/e', 'ard'], 'The name of a group must have at most 4 levels.'],
  ])('refuses %j', async (argv, message) => expect(await run(...argv)).toMatchObject({ code: 1, err: `${message}\n` }));

  it('names what cannot be done', async () => {
    const { err, out } = await run('resume', 'files', 'ard');
    expect([err, out]).toEqual(['Files: This source is filled from files and has no feed to poll.\n', 'changed 1 source\n']);
  });
});
