import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { AlertRule, RuleForm } from '@barometer/alerting';
import { channel, episode, form, NOON_HOUR, rule } from '@barometer/alerting/testing';
import { err, ok } from '@barometer/kernel';
import type { CliContext } from '../context';
import { runCommandLine } from '../program';

/** Runs a command line with alert use cases that record their calls. */
async function run(argv: readonly string[], rules: readonly AlertRule[] = []) {
  const [out, errors]: [string[], string[]] = [[], []];
  const into = (lines: string[]) => new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) });
  const added: RuleForm[] = [];
  const alerts = {
    list: {
      rules: async () => rules,
      open: async () => [episode('a', NOON_HOUR)],
      channels: async () => [channel('hook', { disabled: 'The receiver answers 410.' })],
      deliveries: async () => [{ id: 'd1', channelId: 'hook', state: 'failed', reason: 'It said no.' }],
    },
    addRule: { execute: async (asked: RuleForm) => (added.push(asked), ok({ ...rule('new'), ...asked })) },
    changeRule: { execute: async (id: string, asked: RuleForm) => (added.push(asked), ok({ ...rule(id), ...asked })) },
    addChannel: {
      execute: async ({ id }: { id: string }, { replace }: { replace: boolean }) =>
        replace ? ok({ id }) : err({ field: 'id', code: 'taken', message: `There is a channel ${id} already.` }),
    },
    removeRule: { execute: async (id: string) => id === 'a' },
    removeChannel: { execute: async () => ({ ok: false, error: { code: 'not-found', message: 'no' } }) },
    testChannel: { execute: async () => ok({ kind: 'failed', reason: 'The receiver answers 500.', retry: true }) },
    backtest: {
      execute: async () => ({
        from: 0,
        to: 30 * 86_400_000,
        judgedHours: 700,
        episodes: [{ openedAt: 0, closedAt: 7_200_000, value: -0.5, volume: 9, sentence: 'It was dark.', view: '' }],
      }),
    },
    redrive: { execute: async (ids?: readonly string[]) => (ids?.includes('d9') ? 0 : 1) },
  };
  const context = {
    version: '1',
    io: { stdout: into(out), stderr: into(errors) },
    openSystem: async () => ({ alerts, close: async () => undefined }),
  } as unknown as CliContext;
  const code = await runCommandLine(['alerts', ...argv], context, () => false);
  return { code, out: out.join(''), err: errors.join(''), added };
}

describe('barometer alerts', () => {
  it('lists rules, open alerts, channels, and failed notices', async () => {
    const { out } = await run(['list'], [rule('a'), rule('b', { name: 'Gone' }, { broken: 'what it listens to is gone' })]);
    expect(out).toContain('a  listens   Dark energy: tone under -0.4 over 1 h\nb  broken    Gone: what it listens to is gone\n');
    expect(out).toMatch(/rings since .*The mood of all news/);
    expect(out).toContain('channel hook  webhook  hook  off: The receiver answers 410.\nfailed d1  to hook: It said no.\n');
  });

  it('removes from a name what could move the cursor or reorder text, in every list', async () => {
    const { out } = await run(['list'], [rule('a', {}, { name: 'A\u001b[2J\u202eb\u0007' })]);
    expect(out).toContain('a  listens   A[2Jb: tone under');
    const { err } = await run(['test', 'x\u001b[31m']);
    expect(err).not.toContain('\u001b');
  });

  it('replaces a channel only with --replace', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'barometer-channel-')), 'channel.json');
    writeFileSync(file, JSON.stringify({ id: 'hook', name: 'Hook', target: { kind: 'webhook', url: 'https://example.org/' } }));
    expect(await run(['channel', file])).toMatchObject({ code: 1, err: 'There is a channel hook already. --replace puts this one in its place.\n' });
    expect(await run(['channel', '--replace', file])).toMatchObject({ code: 0, out: 'hook\n' });
  });

  it('adds the rule that the options describe', async () => {
    const { added, code } = await run([
      'add',
      'Dark',
      '--topic',
      'energy',
      '--unusual',
      'darker',
      '--window',
      '12',
      '--quiet',
      '22:00-07:00@Europe/Vienna',
      '--channel',
      'hook',
      '--channel',
      'mail',
    ]);
    expect([code, added]).toMatchObject([
      0,
      [
        {
          name: 'Dark',
          scope: { topicId: 'energy' },
          condition: { kind: 'unusual', direction: 'darker' },
          windowHours: 12,
          quiet: { from: '22:00', timeZone: 'Europe/Vienna' },
          channelIds: ['hook', 'mail'],
        },
      ],
    ]);
    expect((await run(['add', 'Quiet', '--silent', '5'])).added).toMatchObject([{ condition: { kind: 'silence' }, windowHours: 5 }]);
  });

  it.each([
    [['add', 'x'], 'give one of --unusual'],
    [['add', 'x', '--under', '0', '--over', '1'], 'give one of'],
    [['add', 'x', '--under', '-9'], '--under must be at least -1'],
    [['add', 'x', '--silent', '3', '--quiet', 'at night'], '--quiet must be'],
    [['add', 'x', '--silent', '3', '--quiet', '22:00-07:00@Mars'], '--quiet must be a time zone'],
    [['add', 'x', '--over', '2'], '--over must be at most 1'],
    [['add', 'x', '--unusual', 'darker', '--beyond', '-1'], '--beyond must be at least 0'],
    [['add', 'x', '--under', '0', '--beyond', '1'], '--beyond goes with --unusual'],
    [['add', 'x', '--under', '0', '--least', '-1'], '--least must be at least 0'],
    [['add', 'x', '--under', '0', '--least', '2.5'], '--least must be a whole number'],
    [['add', 'x', '--under', '0', '--hysteresis', 'much'], '--hysteresis must be a number'],
    [['add', 'x', '--under', '0', '--cooldown', '721'], '--cooldown must be at most 720'],
    [['add', 'x', '--under', '0', '--hold', '0'], '--hold must be at least 1'],
    [['add', 'x', '--under', '0', '--window', '49'], '--window must be at most 48'],
    [['add', 'x', '--silent', '0'], '--silent must be at least 1'],
    [['add', 'x', '--silent', '3', '--window', '5'], 'leave --window out'],
    [['add', 'x', '--under', ''], '--under must be a number'],
    [['redrive', 'd9'], 'there is no failed notice d9'],
    [['pause', 'z'], 'there is no rule z'],
    [['resume', 'z'], 'there is no rule z'],
    [['remove', 'z'], 'there is no rule or channel z'],
    [['test', 'hook'], 'The receiver answers 500.'],
  ])('refuses %j with one line', async (argv, line) => {
    const { code, err } = await run(argv);
    expect([code, err]).toEqual([1, expect.stringContaining(line)]);
  });

  it('takes every setting of a rule', async () => {
    const { added } = await run([
      'add',
      'Dark',
      '--unusual',
      'either',
      '--beyond',
      '0.05',
      '--least',
      '50',
      '--hysteresis',
      '0.1',
      '--cooldown',
      '24',
      '--hold',
      '3',
      '--tell-end',
    ]);
    expect(added).toMatchObject([
      { condition: { kind: 'unusual', direction: 'either', beyond: 0.05 }, leastArticles: 50, hysteresis: 0.1, cooldownHours: 24, holdHours: 3, tellEnd: true },
    ]);
  });

  it('switches a rule off and on, and changes nothing else of it', async () => {
    const paused = await run(['pause', 'a'], [rule('a', { holdHours: 4 })]);
    expect([paused.out, paused.added]).toEqual(['the rule a is off\n', [{ ...form({ holdHours: 4 }), quiet: undefined, enabled: false }]]);
    const resumed = await run(['resume', 'a'], [rule('a', { enabled: false })]);
    expect([resumed.out, resumed.added]).toMatchObject(['the rule a listens from now on\n', [{ enabled: true }]]);
  });

  it('names notices that are not pending again', async () => {
    expect(await run(['redrive', 'd1', 'd9'])).toMatchObject({ code: 1, out: '1 notice waits again\n', err: 'there is no failed notice d9\n' });
  });

  it('says when a rule would have fired', async () => {
    expect((await run(['backtest', 'Dark', '--under', '-0.4'])).out).toBe(
      '1970-01-01T00:00:00.000Z  2 h  It was dark.\nIn the last 30 days this would have rung 1 time; 700 hours could be judged.\n',
    );
    expect((await run(['redrive'])).out).toBe('1 notice waits again\n');
    expect((await run(['remove', 'a'])).out).toBe('removed the rule a\n');
  });
});
