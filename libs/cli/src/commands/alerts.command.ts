import { readFileSync } from 'node:fs';
import { ruleFormSchema, channelFormSchema, type AlertRule, type Condition, type RuleForm } from '@barometer/alerting';
import { Option, type Command } from 'commander';
import { CommandError, type CliContext } from '../context';
import { withSystem } from './store.commands';

const beside = { beside: true } as const;

interface RuleOptions {
  readonly topic?: string;
  readonly source?: string;
  readonly unusual?: 'darker' | 'calmer' | 'either';
  readonly under?: string;
  readonly over?: string;
  readonly times?: string;
  readonly publishers?: string;
  readonly phrase?: string;
  readonly silent?: string;
  readonly window?: string;
  readonly hold?: string;
  readonly channel: string[];
  readonly quiet?: string;
}

/** `barometer alerts`: rules that tell somebody, and where. */
export function addAlertsCommand(program: Command, context: CliContext): void {
  const command = program.command('alerts').description('rules that tell you when the mood leaves its usual range and the like (docs/alerts.md); a change takes effect at once, also in a running Barometer');
  addRuleCommands(command, context);
  addChannelCommands(command, context);
}

function addRuleCommands(command: Command, context: CliContext): void {
  const { stdout } = context.io;
  command
    .command('list')
    .description('rules, what rings now, channels, and notices that failed')
    .action(() => withSystem(context, async ({ alerts: { list } }) => {
      for (const rule of await list.rules()) stdout.write(`${rule.id}  ${stateOf(rule).padEnd(8)}  ${rule.name}: ${wordsOf(rule)}\n`);
      for (const { id, sentence, openedAt } of await list.open()) stdout.write(`rings since ${new Date(openedAt).toISOString()}  ${sentence}  (${id})\n`);
      for (const { id, name, target, disabled } of await list.channels()) stdout.write(`channel ${id}  ${target.kind}  ${name}${disabled === undefined ? '' : `  off: ${disabled}`}\n`);
      for (const { id, channelId, reason } of (await list.deliveries(100)).filter(({ state }) => state === 'failed')) stdout.write(`failed ${id}  to ${channelId}: ${reason ?? ''}\n`);
    }, beside));

  for (const [name, description, action] of [['add', 'add a rule, which listens from now on', addRule], ['backtest', 'say when such a rule would have rung in the last 30 days', backtest]] as const) {
    withRuleOptions(command.command(name).argument('<name>', 'what the rule is called').description(description))
      .action((ruleName: string, options: RuleOptions) => action(context, formOf(ruleName, options)));
  }

  command
    .command('remove')
    .argument('<id>', 'the id that "alerts list" shows, of a rule or a channel')
    .description('remove a rule or a channel; the history stays')
    .action((id: string) => withSystem(context, async ({ alerts }) => {
      if (await alerts.removeRule.execute(id)) return void stdout.write(`removed the rule ${id}\n`);
      const removed = await alerts.removeChannel.execute(id);
      if (!removed.ok) throw new CommandError(removed.error.code === 'used' ? removed.error.message : `there is no rule or channel ${id}`);
      stdout.write(`removed the channel ${id}\n`);
    }, beside));

  command
    .command('redrive')
    .argument('[id...]', 'ids of failed notices; none means all')
    .description('give failed notices another chance')
    .action((ids: string[]) => withSystem(context, async ({ alerts }) => {
      const count = await alerts.redrive.execute(ids.length > 0 ? ids : undefined);
      stdout.write(`${count} ${count === 1 ? 'notice waits' : 'notices wait'} again\n`);
    }, beside));
}

function withRuleOptions(command: Command): Command {
  return command
    .option('--topic <id>', 'listen to a topic only')
    .option('--source <id>', 'listen to a source only')
    .addOption(new Option('--unusual <direction>', 'the mood leaves its usual range').choices(['darker', 'calmer', 'either']))
    .option('--under <tone>', 'the mean tone is under this, -1 to 1')
    .option('--over <tone>', 'the mean tone is over this, -1 to 1')
    .option('--times <n>', 'so many times as many articles as usual')
    .option('--publishers <n>', 'so many publishers tell one story')
    .option('--phrase <words>', 'an article has this phrase')
    .option('--silent <hours>', 'nothing was heard for so long')
    .option('--window <hours>', 'hours that each measurement looks back over')
    .option('--hold <hours>', 'hours in a row that it must hold')
    .option('--quiet <times>', 'tell nobody between these times, such as 22:00-07:00@Europe/Vienna')
    .option('--channel <id>', 'tell this channel; may be given several times', (id: string, ids: string[]) => [...ids, id], []);
}

function addChannelCommands(command: Command, context: CliContext): void {
  const { stdout } = context.io;
  command
    .command('channel')
    .argument('<file>', 'a JSON file of {"id", "name", "target"}; - is standard input')
    .description('add a channel, or put it in the place of the one with its id; secrets are named in it, never written')
    .action((file: string) => withSystem(context, async ({ alerts }) => {
      const parsed = channelFormSchema.safeParse(readJson(file));
      if (!parsed.success) throw new CommandError(firstProblem(parsed.error.issues));
      const added = await alerts.addChannel.execute(parsed.data);
      if (!added.ok) throw new CommandError(added.error.message);
      stdout.write(`${added.value.id}\n`);
    }, beside));

  command
    .command('test')
    .argument('<channel>', 'the id of a channel')
    .description('send a test to a channel and say what came back (exit code 1 when it did not arrive)')
    .action((id: string) => withSystem(context, async ({ alerts }) => {
      const tested = await alerts.testChannel.execute(id);
      if (!tested.ok) throw new CommandError(`there is no channel ${id}`);
      if (tested.value.kind === 'failed') throw new CommandError(tested.value.reason);
      stdout.write(`the test arrived at ${id}\n`);
    }, beside));
}

function addRule(context: CliContext, form: RuleForm): Promise<void> {
  return withSystem(context, async ({ alerts }) => {
    const added = await alerts.addRule.execute(form);
    if (!added.ok) throw new CommandError(added.error.message);
    context.io.stdout.write(`${added.value.id}\n`);
  }, beside);
}

function backtest(context: CliContext, form: RuleForm): Promise<void> {
  return withSystem(context, async ({ alerts }) => {
    const { from, to, judgedHours, episodes } = await alerts.backtest.execute(form, Infinity);
    for (const { openedAt, closedAt, sentence } of episodes) context.io.stdout.write(`${new Date(openedAt).toISOString()}  ${closedAt === undefined ? 'goes on' : `${Math.round((closedAt - openedAt) / 3_600_000)} h`}  ${sentence}\n`);
    const days = Math.round((to - from) / 86_400_000);
    context.io.stdout.write(`In the last ${days} days this would have rung ${episodes.length} ${episodes.length === 1 ? 'time' : 'times'}; ${judgedHours} hours could be judged.\n`);
  }, { readOnly: true });
}

/** The rule that options describe. @throws CommandError naming what cannot be used */
function formOf(name: string, options: RuleOptions): RuleForm {
  const conditions = conditionsOf(options);
  const [condition] = conditions;
  if (conditions.length !== 1 || !condition) throw new CommandError('give one of --unusual, --under, --over, --times, --publishers, --phrase and --silent');
  const [, from, to, timeZone] = /^(\d\d:\d\d)-(\d\d:\d\d)@(.+)$/.exec(options.quiet ?? '') ?? [];
  if (options.quiet !== undefined && timeZone === undefined) throw new CommandError('--quiet must be two times and a time zone such as 22:00-07:00@Europe/Vienna');
  const parsed = ruleFormSchema.safeParse({
    name, condition, channelIds: options.channel,
    scope: { ...(options.topic !== undefined && { topicId: options.topic }), ...(options.source !== undefined && { sourceId: options.source }) },
    windowHours: numberOf(options.silent ?? options.window), holdHours: numberOf(options.hold),
    ...(timeZone !== undefined && { quiet: { from, to, timeZone } }),
  });
  if (!parsed.success) throw new CommandError(firstProblem(parsed.error.issues));
  return parsed.data;
}

function conditionsOf({ unusual, under, over, times, publishers, phrase, silent }: RuleOptions): object[] {
  return [
    ...(unusual === undefined ? [] : [{ kind: 'unusual', direction: unusual }]),
    ...(under === undefined ? [] : [{ kind: 'tone', side: 'under', tone: Number(under) }]),
    ...(over === undefined ? [] : [{ kind: 'tone', side: 'over', tone: Number(over) }]),
    ...(times === undefined ? [] : [{ kind: 'volume', times: Number(times) }]),
    ...(publishers === undefined ? [] : [{ kind: 'story', publishers: Number(publishers) }]),
    ...(phrase === undefined ? [] : [{ kind: 'phrase', phrase }]),
    ...(silent === undefined ? [] : [{ kind: 'silence' }]),
  ];
}

const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

const firstProblem = (issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string => `${issues[0]?.path.join('.') ?? ''} ${issues[0]?.message ?? 'cannot be used'}`.trim();

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

const stateOf = ({ broken, enabled, state }: AlertRule): string =>
  broken !== undefined ? 'broken' : !enabled ? 'off' : Object.values(state.subjects).some(({ openedHour }) => openedHour !== undefined) ? 'rings' : 'listens';

function wordsOf({ condition, windowHours, broken }: AlertRule): string {
  return broken ?? `${conditionWords(condition)} over ${windowHours} h`;
}

function conditionWords(condition: Condition): string {
  switch (condition.kind) {
    case 'unusual': return condition.direction === 'either' ? 'unusual mood' : `${condition.direction} than usual`;
    case 'tone': return `tone ${condition.side} ${condition.tone}`;
    case 'volume': return `${condition.times} times as many articles as usual`;
    case 'story': return `a story that ${condition.publishers} publishers tell`;
    case 'phrase': return `“${condition.phrase}”`;
    case 'silence': return 'silence';
  }
}
