import { byTrouble, MOST_CHANGED, sourceState, sourceStates, type Source, type SourcesAction, type SourceState } from '@barometer/ingestion';
import { counted, groupName, groupsOf, isInGroup } from '@barometer/kernel';
import { Option, type Command } from 'commander';
import { CommandError, type CliContext, type System } from '../context';
import { withSystem } from './store.commands';

const beside = { beside: true } as const;

interface Selection {
  readonly group?: string;
  readonly search?: string;
  readonly state?: SourceState;
}

interface ChangeOptions extends Selection {
  readonly dryRun: boolean;
}

/** `barometer sources`: the polled sources, by group, and one change for many at once. */
export function addSourcesCommand(program: Command, context: CliContext): void {
  const { stdout } = context.io;
  const command = program.command('sources').description('the sources and their groups; a change takes effect at once, also in a running Barometer');

  withSelection(command.command('list'))
    .addOption(new Option('--sort <order>', 'by name, or those that need a look first').choices(['name', 'trouble']).default('name'))
    .option('--json', 'print JSON Lines', false)
    .description('each source as id, state, name and groups, and why it fails')
    .action(({ sort, json, ...selection }: Selection & { sort: 'name' | 'trouble'; json: boolean }) =>
      withSystem(
        context,
        async (system) => {
          const found = chosen(await system.listSources.execute(), [], selection);
          const sorted = sort === 'trouble' ? [...found].sort(byTrouble) : found;
          for (const source of sorted) stdout.write(`${json ? JSON.stringify(recordOf(source)) : lineOf(source)}\n`);
        },
        beside,
      ),
    );

  command
    .command('groups')
    .description('every group with how many sources are in it and below it')
    .action(() =>
      withSystem(
        context,
        async (system) => {
          for (const { name, members } of groupsOf(await system.listSources.execute())) stdout.write(`${String(members.length).padStart(5)}  ${name}\n`);
        },
        beside,
      ),
    );

  addChange(command, context, { name: 'pause', description: 'poll them no longer; they keep their place' });
  addChange(command, context, { name: 'resume', description: 'poll them again' });
  addChange(command, context, { name: 'remove', description: 'remove them for good; their articles and counts stay' });
  addChange(command, context, { name: 'ungroup', description: 'take them out of the group that --group names and those below it, else out of all groups' });
  addGrouping(command, context, { name: 'group', description: 'put them into a group as well' });
  addGrouping(command, context, { name: 'move', description: 'put them into a group, and out of every other one' });
}

function withSelection(command: Command): Command {
  return command
    .option('--group <name>', 'those of a group, such as News, and of the groups below it')
    .option('--search <words>', 'those whose name, id or address has these words')
    .addOption(new Option('--state <state>', 'those in this state').choices(sourceStates));
}

const withChange = (command: Command): Command => withSelection(command).option('--dry-run', 'only show which these are', false);

function addChange(
  parent: Command,
  context: CliContext,
  { name, description }: { readonly name: 'pause' | 'resume' | 'remove' | 'ungroup'; readonly description: string },
): void {
  withChange(parent.command(name).argument('[id...]', 'ids of sources; or choose by the options'))
    .description(description)
    .action((ids: string[], options: ChangeOptions) =>
      change(context, ids, options, name === 'ungroup' ? { kind: name, ...(options.group !== undefined && { group: options.group }) } : { kind: name }),
    );
}

function addGrouping(parent: Command, context: CliContext, { name, description }: { readonly name: 'group' | 'move'; readonly description: string }): void {
  withChange(parent.command(name).argument('<name>', 'the group, such as News/World').argument('[id...]', 'ids of sources; or choose by the options'))
    .description(description)
    .action((group: string, ids: string[], options: ChangeOptions) => {
      const checked = groupName(group);
      if (!checked.ok) throw new CommandError(`The name of a group ${checked.error}.`);
      return change(context, ids, options, { kind: name, group: checked.value });
    });
}

function change(context: CliContext, ids: readonly string[], { dryRun, ...selection }: ChangeOptions, action: SourcesAction): Promise<void> {
  if (ids.length === 0 && Object.keys(selection).length === 0) throw new CommandError('Say which sources: by their ids, or by --group, --search or --state.');
  return withSystem(
    context,
    async (system) => {
      const sources = chosen(await system.listSources.execute(), ids, selection);
      if (dryRun) for (const source of sources) context.io.stdout.write(`${lineOf(source)}\n`);
      else await changeAll(system, context, sources, action);
    },
    beside,
  );
}

async function changeAll(system: System, { io }: CliContext, sources: readonly Source[], action: SourcesAction): Promise<void> {
  const names = new Map(sources.map(({ id, name }) => [id, name]));
  let changed = 0;
  for (let start = 0; start < sources.length; start += MOST_CHANGED) {
    const done = await system.changeSources.execute(
      sources.slice(start, start + MOST_CHANGED).map(({ id }) => id),
      action,
    );
    if (!done.ok) throw new CommandError(done.error.message);
    changed += done.value.changed.length;
    for (const { id, message } of done.value.refused) io.stderr.write(`${names.get(id) ?? id}: ${message}\n`);
    if (done.value.refused.length > 0) process.exitCode = 2;
  }
  io.stdout.write(`${action.kind === 'remove' ? 'removed' : 'changed'} ${counted(changed, 'source')}\n`);
}

/** The sources with these ids, or all if none is given, that match the other options. @throws CommandError for an unknown id */
function chosen(sources: readonly Source[], ids: readonly string[], { group, search, state }: Selection): readonly Source[] {
  const unknown = ids.find((id) => !sources.some((source) => source.id === id));
  if (unknown !== undefined) throw new CommandError(`There is no source ${unknown}; "barometer sources list" shows their ids.`);
  const words = (search ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return sources.filter(
    (source) =>
      (ids.length === 0 || ids.includes(source.id)) &&
      (group === undefined || isInGroup(source.groups, group)) &&
      (state === undefined || sourceState(source) === state) &&
      words.every((word) => `${source.name} ${source.id} ${source.url}`.toLowerCase().includes(word)),
  );
}

function lineOf(source: Source): string {
  const { id, name, groups = [], health } = source;
  const state = sourceState(source);
  const why = (state === 'failing' || state === 'gone') && health.message !== undefined ? `  ${health.message}` : '';
  return `${id}  ${state.padEnd(7)}  ${name}${groups.length > 0 ? `  [${groups.join(', ')}]` : ''}${why}`;
}

const recordOf = (source: Source) => {
  const { id, name, url, kind, groups = [], health } = source;
  return { id, name, url, kind, state: sourceState(source), groups, failures: health.failures, message: health.message ?? null };
};
