import { Writable } from 'node:stream';
import type { AlertRule, RuleForm } from '@barometer/alerting';
import { channel, episode, NOON_HOUR, rule } from '@barometer/alerting/testing';
import { ok } from '@barometer/kernel';
import type { CliContext } from '../context';
import { runCommandLine } from '../program';

/** Runs a command line over alerts that remember what was asked of them. */
async function run(argv: readonly string[], rules: readonly AlertRule[] = []) {
  const [out, err]: [string[], string[]] = [[], []];
  const into = (lines: string[]) => new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) });
  const added: RuleForm[] = [];
  const alerts = {
    list: { rules: async () => rules, open: async () => [episode('a', NOON_HOUR)], channels: async () => [channel('hook', { disabled: 'The receiver answers 410.' })], deliveries: async () => [{ id: 'd1', channelId: 'hook', state: 'failed', reason: 'It said no.' }] },
    addRule: { execute: async (form: RuleForm) => (added.push(form), ok({ ...rule('new'), ...form })) },
    removeRule: { execute: async (id: string) => id === 'a' },
    removeChannel: { execute: async () => ({ ok: false, error: { code: 'not-found', message: 'no' } }) },
    testChannel: { execute: async () => ok({ kind: 'failed', reason: 'The receiver answers 500.', retry: true }) },
    backtest: { execute: async () => ({ from: 0, to: 30 * 86_400_000, judgedHours: 700, episodes: [{ openedAt: 0, closedAt: 7_200_000, value: -0.5, volume: 9, sentence: 'It was dark.', view: '' }] }) },
    redrive: { execute: async () => 1 },
  };
  const context = { version: '1', io: { stdout: into(out), stderr: into(err) }, openSystem: async () => ({ alerts, close: async () => undefined }) } as unknown as CliContext;
  const code = await runCommandLine(['alerts', ...argv], context, () => false);
  return { code, out: out.join(''), err: err.join(''), added };
}

describe('barometer alerts', () => {
  it('lists rules, what rings, channels, and what failed', async () => {
    const { out } = await run(['list'], [rule('a'), rule('b', { name: 'Gone' }, { broken: 'what it listens to is gone' })]);
    expect(out).toContain('a  listens   Dark energy: tone under -0.4 over 1 h\nb  broken    Gone: what it listens to is gone\n');
    expect(out).toMatch(/rings since .*The mood of everything/);
    expect(out).toContain('channel hook  webhook  hook  off: The receiver answers 410.\nfailed d1  to hook: It said no.\n');
  });

  it('adds the rule that the options describe', async () => {
    const { added, code } = await run(['add', 'Dark', '--topic', 'energy', '--unusual', 'darker', '--window', '12', '--quiet', '22:00-07:00@Europe/Vienna', '--channel', 'hook', '--channel', 'mail']);
    expect([code, added]).toMatchObject([0, [{ name: 'Dark', scope: { topicId: 'energy' }, condition: { kind: 'unusual', direction: 'darker' }, windowHours: 12, quiet: { from: '22:00', timeZone: 'Europe/Vienna' }, channelIds: ['hook', 'mail'] }]]);
    expect((await run(['add', 'Quiet', '--silent', '5'])).added).toMatchObject([{ condition: { kind: 'silence' }, windowHours: 5 }]);
  });

  it.each([
    [['add', 'x'], 'give one of --unusual'], [['add', 'x', '--under', '0', '--over', '1'], 'give one of'], [['add', 'x', '--under', '-9'], 'condition.tone must be at least -1'],
    [['add', 'x', '--silent', '3', '--quiet', 'at night'], '--quiet must be'], [['remove', 'z'], 'there is no rule or channel z'], [['test', 'hook'], 'The receiver answers 500.'],
  ])('refuses %j in a line', async (argv, line) => {
    const { code, err } = await run(argv);
    expect([code, err]).toEqual([1, expect.stringContaining(line)]);
  });

  it('says when a rule would have rung', async () => {
    expect((await run(['backtest', 'Dark', '--under', '-0.4'])).out).toBe('1970-01-01T00:00:00.000Z  2 h  It was dark.\nIn the last 30 days this would have rung 1 time; 700 hours could be judged.\n');
    expect((await run(['redrive'])).out).toBe('1 notice waits again\n');
    expect((await run(['remove', 'a'])).out).toBe('removed the rule a\n');
  });
});
