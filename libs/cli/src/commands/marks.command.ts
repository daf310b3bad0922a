import { counted, membersOf, systemClock } from '@barometer/kernel';
import type { Mark } from '@barometer/reporting';
import type { Command } from 'commander';
import { CommandError, type CliContext } from '../context';
import { withSystem } from './store.commands';

const beside = { beside: true } as const;

interface ScopeOptions {
  readonly topic?: string;
  readonly source?: string;
}

/** `barometer marks`: the marks of the timeline, automatic ones and notes. */
export function addMarksCommand(program: Command, context: CliContext): void {
  const { stdout } = context.io;
  const command = program
    .command('marks')
    .description(
      'events that explain the timeline: notes, sources added or failing, changes of the model (docs/marks.md); a change takes effect at once, also in a running Barometer',
    );

  command
    .command('list')
    .description('the marks of the last 90 days, the oldest first, as time, kind, text, and the id of a note')
    .option('--topic <id>', 'of the timeline of a topic')
    .option('--source <id>', 'of the timeline of a source')
    .option('--group <name>', 'of the timeline of a group of sources')
    .action(({ group, ...scope }: ScopeOptions & { group?: string }) =>
      withSystem(
        context,
        async ({ marks, listSources }) => {
          if (group !== undefined && scope.source !== undefined) throw new CommandError('--group and --source cannot stand beside each other.');
          const members = group === undefined ? undefined : membersOf(await listSources.execute(), group);
          const now = systemClock.now();
          const { marks: found, left } = await marks.list.execute({ ...scopeOf(scope), ...(members && { sourceIds: members }), period: { from: 0, to: now } });
          if (left > 0) context.io.stderr.write(`${counted(left, 'more is', 'more are')} not shown\n`);
          for (const mark of found) stdout.write(`${lineOf(mark)}\n`);
        },
        beside,
      ),
    );

  command
    .command('add')
    .argument('<text>', 'what happened, in at most 280 characters')
    .option('--at <time>', 'when, as 2026-11-27T15:00Z or a day; now without it')
    .option('--topic <id>', 'only for the timeline of this topic, and those of no topic')
    .option('--source <id>', 'the same for a source')
    .description('put a note on the timeline')
    .action((text: string, { at, ...scope }: ScopeOptions & { at?: string }) => {
      const time = at === undefined ? systemClock.now() : Date.parse(at);
      if (Number.isNaN(time)) throw new CommandError(`--at must be a time such as 2026-11-27T15:00Z, not "${at ?? ''}"`);
      return withSystem(
        context,
        async ({ marks }) => {
          const added = await marks.add.execute({ at: time, text, ...scopeOf(scope) });
          if (!added.ok) throw new CommandError(added.error.message);
          stdout.write(`${added.value.id}\n`);
        },
        beside,
      );
    });

  command
    .command('remove')
    .argument('<id>', 'the id that "marks list" shows')
    .description('take a note off the timeline')
    .action((id: string) =>
      withSystem(
        context,
        async ({ marks }) => {
          if (!(await marks.remove.execute(id))) throw new CommandError(`there is no note ${id}`);
          stdout.write(`removed ${id}\n`);
        },
        beside,
      ),
    );
}

const scopeOf = ({ topic, source }: ScopeOptions) => ({ ...(topic !== undefined && { topicId: topic }), ...(source !== undefined && { sourceId: source }) });

function lineOf({ at, until, kind, text, id, topicId, sourceId }: Mark): string {
  const about = [topicId && `topic ${topicId}`, kind === 'note' && sourceId && `source ${sourceId}`].filter(Boolean).join(', ');
  const end = until !== undefined ? ` until ${new Date(until).toISOString()}` : kind === 'source-failing' ? ', still' : '';
  return `${new Date(at).toISOString()}  ${kind.padEnd(14)}  ${text}${end}${about ? `  [${about}]` : ''}${id === undefined ? '' : `  (${id})`}`;
}
