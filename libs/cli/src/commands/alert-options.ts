import { ruleFormSchema, type RuleForm } from '@barometer/alerting';
import { Option, type Command } from 'commander';
import { CommandError } from '../context';
import { firstProblem } from './first-problem';

/** A rule's options on the command line, all as text. */
export interface RuleOptions {
  readonly topic?: string;
  readonly source?: string;
  readonly group?: string;
  readonly unusual?: 'darker' | 'calmer' | 'either';
  readonly beyond?: string;
  readonly under?: string;
  readonly over?: string;
  readonly times?: string;
  readonly publishers?: string;
  readonly phrase?: string;
  readonly silent?: string;
  readonly window?: string;
  readonly hold?: string;
  readonly least?: string;
  readonly hysteresis?: string;
  readonly cooldown?: string;
  readonly tellEnd?: boolean;
  readonly channel: string[];
  readonly quiet?: string;
}

/** Adds the options that describe a rule. */
export function withRuleOptions(command: Command): Command {
  return command
    .option('--topic <id>', 'watch one topic only')
    .option('--source <id>', 'watch one source only')
    .option('--group <name>', 'watch one group of sources only')
    .addOption(new Option('--unusual <direction>', 'the mood leaves its usual range').choices(['darker', 'calmer', 'either']))
    .option('--beyond <tone>', 'with --unusual: how far outside the usual range; 0 by default')
    .option('--under <tone>', 'the mean tone is under this, -1 to 1')
    .option('--over <tone>', 'the mean tone is over this, -1 to 1')
    .option('--times <n>', 'so many times as many articles as usual')
    .option('--publishers <n>', 'so many publishers report one story')
    .option('--phrase <words>', 'an article has this phrase')
    .option('--silent <hours>', 'no article for so long, although feeds were read')
    .option('--window <hours>', 'hours that each measurement looks back over')
    .option('--least <articles>', 'with fewer articles in the window the rule is not evaluated')
    .option('--hysteresis <distance>', 'how far the value must fall back behind its threshold to end an episode')
    .option('--cooldown <hours>', 'minimum hours between two episodes; 12 by default')
    .option('--hold <hours>', 'hours in a row before an episode begins, and before it ends; 1 by default')
    .option('--tell-end', 'also notify when the episode ends')
    .option('--quiet <times>', 'quiet hours, such as 22:00-07:00@Europe/Vienna')
    .option('--channel <id>', 'notify this channel; may be given several times', (id: string, ids: string[]) => [...ids, id], []);
}

/** The rule that options describe. @throws CommandError naming what is invalid */
export function formOf(name: string, options: RuleOptions): RuleForm {
  const conditions = conditionsOf(options);
  const [condition] = conditions;
  if (conditions.length !== 1 || !condition) throw new CommandError('give one of --unusual, --under, --over, --times, --publishers, --phrase and --silent');
  if (options.beyond !== undefined && options.unusual === undefined) throw new CommandError('--beyond goes with --unusual');
  if (options.silent !== undefined && options.window !== undefined) throw new CommandError('--silent says how many hours; leave --window out');
  const [, from, to, timeZone] = /^(\d\d:\d\d)-(\d\d:\d\d)@(.+)$/.exec(options.quiet ?? '') ?? [];
  if (options.quiet !== undefined && timeZone === undefined)
    throw new CommandError('--quiet must be two times and a time zone such as 22:00-07:00@Europe/Vienna');
  const parsed = ruleFormSchema.safeParse({
    name,
    condition,
    channelIds: options.channel,
    scope: {
      ...(options.topic !== undefined && { topicId: options.topic }),
      ...(options.source !== undefined && { sourceId: options.source }),
      ...(options.group !== undefined && { group: options.group }),
    },
    windowHours: numberOf(options.silent ?? options.window),
    holdHours: numberOf(options.hold),
    leastArticles: numberOf(options.least),
    hysteresis: numberOf(options.hysteresis),
    cooldownHours: numberOf(options.cooldown),
    tellEnd: options.tellEnd,
    ...(timeZone !== undefined && { quiet: { from, to, timeZone } }),
  });
  if (!parsed.success) throw new CommandError(firstProblem(parsed.error.issues, flagsOf(options)));
  return parsed.data;
}

function conditionsOf({ unusual, beyond, under, over, times, publishers, phrase, silent }: RuleOptions): object[] {
  return [
    ...(unusual === undefined ? [] : [{ kind: 'unusual', direction: unusual, beyond: numberOf(beyond) }]),
    ...(under === undefined ? [] : [{ kind: 'tone', side: 'under', tone: numberOf(under) }]),
    ...(over === undefined ? [] : [{ kind: 'tone', side: 'over', tone: numberOf(over) }]),
    ...(times === undefined ? [] : [{ kind: 'volume', times: numberOf(times) }]),
    ...(publishers === undefined ? [] : [{ kind: 'story', publishers: numberOf(publishers) }]),
    ...(phrase === undefined ? [] : [{ kind: 'phrase', phrase }]),
    ...(silent === undefined ? [] : [{ kind: 'silence' }]),
  ];
}

/** The option that sets each field of a rule. */
const flagsOf = ({ under, silent }: RuleOptions): Readonly<Record<string, string>> => ({
  name: 'the name',
  'scope.topicId': '--topic',
  'scope.sourceId': '--source',
  'scope.group': '--group',
  'condition.beyond': '--beyond',
  'condition.tone': under === undefined ? '--over' : '--under',
  'condition.times': '--times',
  'condition.publishers': '--publishers',
  'condition.phrase': '--phrase',
  windowHours: silent === undefined ? '--window' : '--silent',
  holdHours: '--hold',
  leastArticles: '--least',
  hysteresis: '--hysteresis',
  cooldownHours: '--cooldown',
  quiet: '--quiet',
  channelIds: '--channel',
});

/** A text that is not a number becomes NaN and is refused as such; an empty text is not 0. */
const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : text.trim() === '' ? NaN : Number(text));
