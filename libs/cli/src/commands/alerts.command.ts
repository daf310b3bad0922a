import { readFileSync } from 'node:fs';
import { channelFormSchema, type AlertRule, type Condition, type RuleForm } from '@barometer/alerting';
import { counted } from '@barometer/kernel';
import type { Command } from 'commander';
import { CommandError, type CliContext } from '../context';
import { formOf, withRuleOptions, type RuleOptions } from './alert-options';
import { firstProblem } from './first-problem';
import { withSystem } from './store.commands';

const beside = { beside: true } as const;

/** `barometer alerts`: rules that send notices, and the channels. */
export function addAlertsCommand(program: Command, context: CliContext): void {
  const command = program
    .command('alerts')
    .description(
      'rules that notify you, for example when the mood leaves its usual range (docs/alerts.md); a change takes effect at once, also in a running Barometer',
    );
  addRuleCommands(command, context);
  addChannelCommands(command, context);
}

function addRuleCommands(command: Command, context: CliContext): void {
  const { stdout } = context.io;
  command
    .command('list')
    .description('list rules, open episodes, channels, and failed notices')
    .action(() =>
      withSystem(
        context,
        async ({ alerts: { list } }) => {
          for (const rule of await list.rules()) stdout.write(`${rule.id}  ${stateOf(rule).padEnd(8)}  ${rule.name}: ${wordsOf(rule)}\n`);
          for (const { id, sentence, openedAt } of await list.open()) stdout.write(`rings since ${new Date(openedAt).toISOString()}  ${sentence}  (${id})\n`);
          for (const { id, name, target, disabled } of await list.channels())
            stdout.write(`channel ${id}  ${target.kind}  ${name}${disabled === undefined ? '' : `  off: ${disabled}`}\n`);
          for (const { id, channelId, reason } of (await list.deliveries(100)).filter(({ state }) => state === 'failed'))
            stdout.write(`failed ${id}  to ${channelId}: ${reason ?? ''}\n`);
        },
        beside,
      ),
    );

  for (const [name, description, action] of [
    ['add', 'add a rule, which is active from now on', addRule],
    ['backtest', 'show when such a rule would have rung in the last 30 days', backtest],
  ] as const) {
    withRuleOptions(command.command(name).argument('<name>', 'name of the rule').description(description)).action((ruleName: string, options: RuleOptions) =>
      action(context, formOf(ruleName, options)),
    );
  }

  command
    .command('remove')
    .argument('<id>', 'the id that "alerts list" shows, of a rule or a channel')
    .description('remove a rule or a channel; the history stays')
    .action((id: string) =>
      withSystem(
        context,
        async ({ alerts }) => {
          if (await alerts.removeRule.execute(id)) return void stdout.write(`removed the rule ${id}\n`);
          const removed = await alerts.removeChannel.execute(id);
          if (!removed.ok) throw new CommandError(removed.error.code === 'used' ? removed.error.message : `there is no rule or channel ${id}`);
          stdout.write(`removed the channel ${id}\n`);
        },
        beside,
      ),
    );

  for (const [name, enabled, description] of [
    ['pause', false, 'switch a rule off, and end its open episode'],
    ['resume', true, 'switch a rule on again from now on'],
  ] as const) {
    command
      .command(name)
      .argument('<id>', 'the id that "alerts list" shows, of a rule')
      .description(description)
      .action((id: string) => switchRule(context, id, enabled));
  }

  command
    .command('redrive')
    .argument('[id...]', 'ids of failed notices; none means all')
    .description('send failed notices again')
    .action((ids: string[]) =>
      withSystem(
        context,
        async ({ alerts }) => {
          const unknown: string[] = [];
          let count = ids.length === 0 ? await alerts.redrive.execute() : 0;
          for (const id of ids) {
            const found = await alerts.redrive.execute([id]);
            count += found;
            if (found === 0) unknown.push(id);
          }
          if (count > 0 || unknown.length === 0) stdout.write(`${counted(count, 'notice waits', 'notices wait')} again\n`);
          if (unknown.length > 0) throw new CommandError(`there is no failed notice ${unknown.join(', ')}`);
        },
        beside,
      ),
    );
}

function addChannelCommands(command: Command, context: CliContext): void {
  const { stdout } = context.io;
  command
    .command('channel')
    .argument('<file>', 'a JSON file of {"id", "name", "target"}; - is standard input')
    .option('--replace', 'replace the channel with the same id', false)
    .description('add a channel; it refers to secrets by name and never contains them')
    .action((file: string, { replace }: { replace: boolean }) =>
      withSystem(
        context,
        async ({ alerts }) => {
          const parsed = channelFormSchema.safeParse(readJson(file));
          if (!parsed.success) throw new CommandError(firstProblem(parsed.error.issues));
          const added = await alerts.addChannel.execute(parsed.data, { replace });
          if (!added.ok)
            throw new CommandError(added.error.code === 'taken' ? `${added.error.message} --replace puts this one in its place.` : added.error.message);
          stdout.write(`${added.value.id}\n`);
        },
        beside,
      ),
    );

  command
    .command('test')
    .argument('<channel>', 'the id of a channel')
    .description('send a test to a channel and say what came back (exit code 1 when it did not arrive)')
    .action((id: string) =>
      withSystem(
        context,
        async ({ alerts }) => {
          const tested = await alerts.testChannel.execute(id);
          if (!tested.ok) throw new CommandError(`there is no channel ${id}`);
          if (tested.value.kind === 'failed') throw new CommandError(tested.value.reason);
          stdout.write(`the test arrived at ${id}\n`);
        },
        beside,
      ),
    );
}

function addRule(context: CliContext, form: RuleForm): Promise<void> {
  return withSystem(
    context,
    async ({ alerts }) => {
      const added = await alerts.addRule.execute(form);
      if (!added.ok) throw new CommandError(added.error.message);
      context.io.stdout.write(`${added.value.id}\n`);
    },
    beside,
  );
}

function switchRule(context: CliContext, id: string, enabled: boolean): Promise<void> {
  return withSystem(
    context,
    async ({ alerts }) => {
      const rule = (await alerts.list.rules()).find((one) => one.id === id);
      const { name, scope, condition, windowHours, holdHours, leastArticles, hysteresis, cooldownHours, quiet, tellEnd, channelIds } =
        rule ?? ({} as AlertRule);
      const changed =
        rule &&
        (await alerts.changeRule.execute(id, {
          name,
          scope,
          condition,
          windowHours,
          holdHours,
          leastArticles,
          hysteresis,
          cooldownHours,
          quiet,
          tellEnd,
          channelIds,
          enabled,
        }));
      if (!changed || (!changed.ok && changed.error === 'not-found')) throw new CommandError(`there is no rule ${id}`);
      if (!changed.ok && changed.error !== 'not-found') throw new CommandError(changed.error.message);
      context.io.stdout.write(enabled ? `the rule ${id} listens from now on\n` : `the rule ${id} is off\n`);
    },
    beside,
  );
}

function backtest(context: CliContext, form: RuleForm): Promise<void> {
  return withSystem(
    context,
    async ({ alerts }) => {
      const { from, to, judgedHours, episodes } = await alerts.backtest.execute(form, Infinity);
      for (const { openedAt, closedAt, sentence } of episodes)
        context.io.stdout.write(
          `${new Date(openedAt).toISOString()}  ${closedAt === undefined ? 'goes on' : `${Math.round((closedAt - openedAt) / 3_600_000)} h`}  ${sentence}\n`,
        );
      const days = Math.round((to - from) / 86_400_000);
      context.io.stdout.write(
        `In the last ${counted(days, 'day')} this would have rung ${counted(episodes.length, 'time')}; ${counted(judgedHours, 'hour')} could be judged.\n`,
      );
    },
    { readOnly: true },
  );
}

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
    case 'unusual':
      return condition.direction === 'either' ? 'unusual mood' : `${condition.direction} than usual`;
    case 'tone':
      return `tone ${condition.side} ${condition.tone}`;
    case 'volume':
      return `${condition.times} times as many articles as usual`;
    case 'story':
      return `a story that ${counted(condition.publishers, 'publisher tells', 'publishers tell')}`;
    case 'phrase':
      return `“${condition.phrase}”`;
    case 'silence':
      return 'silence';
  }
}
