import { digestFormSchema, editionHtml, editionJson, editionText, linkOf, weekdays, type Digest, type DigestForm } from '@barometer/alerting';
import { Option, type Command } from 'commander';
import { CommandError, type CliContext } from '../context';
import { firstProblem } from './first-problem';
import { withSystem } from './store.commands';

const beside = { beside: true } as const;

interface ScopeOptions {
  readonly daily?: boolean;
  readonly weekly?: boolean;
  readonly topic?: string;
  readonly source?: string;
  readonly group?: string;
}

interface PrintOptions extends ScopeOptions {
  readonly at?: string;
  readonly tz?: string;
  readonly html?: boolean;
  readonly json?: boolean;
}

interface AddOptions extends ScopeOptions {
  readonly on?: string;
  readonly time?: string;
  readonly channel: string[];
}

/** `barometer digest`: prints what a digest would say, and manages those that are sent automatically. */
export function addDigestCommand(program: Command, context: CliContext): void {
  const command = program.command('digest').description('a summary of the day or the week: print it, or have it sent regularly (docs/digest.md)');
  withScope(command.command('print', { isDefault: true }))
    .option('--at <time>', 'the end of its day or week, ISO 8601; now by default')
    .option('--tz <zone>', 'the time zone in which its times are written; that of this computer by default')
    .option('--html', 'as the page of HTML that is mailed', false)
    .option('--json', 'as the JSON that webhooks get', false)
    .description('print a digest as of now; also the default of "digest" (exit code 2 when there is nothing to report)')
    .action((options: PrintOptions) => print(context, options));
  addManagement(command, context);
}

function withScope(command: Command): Command {
  return command
    .addOption(new Option('--daily', 'of a day; the default').conflicts('weekly'))
    .option('--weekly', 'of a week')
    .option('--topic <id>', 'about a topic only')
    .option('--source <id>', 'about a source only')
    .option('--group <name>', 'about a group of sources only');
}

function addManagement(command: Command, context: CliContext): void {
  const { stdout } = context.io;
  command
    .command('list')
    .description('list digests, the state of their last edition, and when the next one is due')
    .action(() =>
      withSystem(
        context,
        async ({ digests }) => {
          for (const { digest, nextAt } of await digests.list.execute())
            stdout.write(
              `${digest.id}  ${nextAt === undefined ? 'off' : `next ${new Date(nextAt).toISOString()}`}  ${digest.name}: ${scheduleWords(digest)}${lastWords(digest)}\n`,
            );
        },
        beside,
      ),
    );

  withScope(command.command('add').argument('<name>', 'name of the digest'))
    .addOption(new Option('--on <weekday>', 'of a weekly digest; monday by default').choices(weekdays))
    .option('--time <time>', 'when it is sent, such as 07:00@Europe/Vienna; 07:00 in the time zone of this computer by default')
    .option('--channel <id>', 'notify this channel; may be given several times', (id: string, ids: string[]) => [...ids, id], [])
    .description('add a digest; it is sent from its next due time on')
    .action((name: string, options: AddOptions) =>
      withSystem(
        context,
        async ({ digests }) => {
          const added = await digests.add.execute(formOf(name, options));
          if (!added.ok) throw new CommandError(added.error.message);
          stdout.write(`${added.value.id}\n`);
        },
        beside,
      ),
    );

  command
    .command('remove')
    .argument('<id>', 'the id that "digest list" shows')
    .description('remove a digest; editions already waiting are still sent')
    .action((id: string) =>
      withSystem(
        context,
        async ({ digests }) => {
          if (!(await digests.remove.execute(id))) throw new CommandError(`there is no digest ${id}`);
          stdout.write(`removed the digest ${id}\n`);
        },
        beside,
      ),
    );

  command
    .command('test')
    .argument('<id>', 'the id that "digest list" shows')
    .description('send a digest as of now to its channels, marked as a test (exit code 1 when it did not arrive)')
    .action((id: string) =>
      withSystem(
        context,
        async ({ digests }) => {
          const tested = await digests.test.execute(id);
          if (!tested.ok) throw new CommandError(tested.error === 'not-found' ? `there is no digest ${id}` : `${tested.error.reason} Nothing was sent.`);
          for (const { channelId, sent } of tested.value) if (sent) stdout.write(`the test arrived at ${channelId}\n`);
          const failed = tested.value.filter(({ sent }) => !sent);
          if (failed.length > 0) throw new CommandError(failed.map(({ channelId, reason }) => `${channelId}: ${reason ?? 'it did not arrive'}`).join('\n'));
        },
        beside,
      ),
    );
}

function print(context: CliContext, options: PrintOptions): Promise<void> {
  const at = options.at === undefined ? undefined : Date.parse(options.at);
  if (Number.isNaN(at)) throw new CommandError('--at must be an ISO 8601 time such as 2026-11-23T07:00:00Z');
  const {
    name: _name,
    time: _time,
    channelIds: _channels,
    ...asked
  } = formOf('Digest', { ...options, channel: ['none'], ...(options.tz !== undefined && { time: `07:00@${options.tz}` }) }, '--tz');
  return withSystem(
    context,
    async ({ digests, home }) => {
      const composed = await digests.preview.execute(asked, at);
      if (!composed.ok)
        throw new CommandError(composed.error.outcome === 'scope-gone' ? noSuch(options) : `${composed.error.reason} There is nothing to tell.`, 2);
      const edition = composed.value;
      const link = linkOf({ home }, edition);
      context.io.stdout.write(
        options.json
          ? `${JSON.stringify(editionJson(edition, link), undefined, 2)}\n`
          : options.html
            ? editionHtml(edition, link)
            : `${editionText(edition, link)}\n`,
      );
    },
    { readOnly: true },
  );
}

const noSuch = ({ topic, source, group }: PrintOptions): string =>
  `there is no ${topic !== undefined ? `topic ${topic}` : source !== undefined ? `source ${source}` : `group ${group ?? ''}`}`;

/** The digest that options describe. @throws CommandError naming what is invalid */
function formOf(name: string, { weekly, on, time, topic, source, group, channel }: AddOptions, zoneOption?: string): DigestForm {
  if (on !== undefined && !weekly) throw new CommandError('--on goes with --weekly: a daily digest is told on every day');
  const [, clock = '07:00', zone] = /^(\d\d:\d\d)(?:@(.+))?$/.exec(time ?? '07:00') ?? [undefined, ''];
  const parsed = digestFormSchema.safeParse({
    name,
    every: weekly ? 'week' : 'day',
    weekday: on,
    time: clock,
    timeZone: zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    channelIds: channel,
    scope: { ...(topic !== undefined && { topicId: topic }), ...(source !== undefined && { sourceId: source }), ...(group !== undefined && { group }) },
  });
  if (!parsed.success) throw new CommandError(firstProblem(parsed.error.issues, zoneOption === undefined ? flags : { ...flags, timeZone: zoneOption }));
  return parsed.data;
}

/** The option that sets each field of a digest. */
const flags = {
  name: 'the name',
  time: '--time',
  timeZone: '--time',
  channelIds: '--channel',
  scope: '--topic, --source or --group',
  'scope.topicId': '--topic',
  'scope.sourceId': '--source',
  'scope.group': '--group',
};

const scheduleWords = ({ every, weekday, time, timeZone }: Digest): string => `${every === 'day' ? 'every day' : `every ${weekday}`} at ${time} ${timeZone}`;
const lastWords = ({ state: { last } }: Digest): string =>
  last
    ? `; ${new Date(last.dueAt).toISOString()} ${last.outcome}${last.reason === undefined ? '' : `: ${last.reason}`}${last.skipped === 0 ? '' : ` (${last.skipped} before it skipped)`}`
    : '';
