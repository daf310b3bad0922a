import type { FoundFeed, SourcePreview } from '@barometer/ingestion';
import { counted } from '@barometer/kernel';
import { InvalidArgumentError, type Command } from 'commander';
import { CommandError, type CliContext, type System } from '../context';
import { withSystem } from './store.commands';

interface AddOptions {
  readonly feed?: number;
  readonly all?: true;
  readonly name?: string;
  readonly language?: string;
  readonly interval?: number;
  readonly userAgent?: string;
  readonly group: readonly string[];
}

/** `barometer add`: one source, by the address of its feed or of its site. */
export function addAddCommand(program: Command, context: CliContext): void {
  program
    .command('add')
    .argument('<address>', 'of a site, such as www.example.org, or of its feed')
    .option('--feed <number>', 'which of the feeds that the site offers', count('--feed'))
    .option('--all', 'all feeds that the site offers')
    .option('--name <name>', 'what to call the source (default: the title of its feed)')
    .option('--language <code>', 'language of its articles, such as en (default: detected)')
    .option('--interval <minutes>', 'how often to poll it (default: 15)', count('--interval'))
    .option('--group <name>', 'a group to put it into, such as News/World; may be given several times', (name: string, names: string[]) => [...names, name], [])
    .option('--user-agent <text>', 'the User-Agent sent to its host')
    .description('find the feed of a site and add it as a source, also while Barometer runs (exit code 2 when the site has several and none was chosen)')
    .action((address: string, options: AddOptions) => {
      if (options.name !== undefined && options.all) throw new CommandError('--name is for one source, not for --all.');
      return withSystem(
        context,
        async (system) => {
          const preview = await system.previewSource.execute(address, { userAgent: options.userAgent });
          if (!preview.ok) throw new CommandError(preview.error.message);
          await addChosen(system, context, preview.value, options);
        },
        { beside: true },
      );
    });
}

const count =
  (option: string) =>
  (text: string): number => {
    if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError(`${option} is a whole number from 1.`);
    return Number(text);
  };

async function addChosen(system: System, { io }: CliContext, preview: SourcePreview, options: AddOptions): Promise<void> {
  const feeds = preview.feeds.length > 0 ? preview.feeds : [{ url: preview.url }];
  const chosen = chosenOf(feeds, options);
  if (chosen.length === 0) {
    io.stdout.write(`The site names ${counted(feeds.length, 'feed')}:\n${listOf(feeds)}`);
    io.stderr.write('None was added: choose one with --feed NUMBER, or take them with --all.\n');
    process.exitCode = 2;
    return;
  }
  for (const { url, title } of chosen) {
    const name = options.name ?? (url === preview.url ? preview.title : title);
    const added = await system.addSource.execute({
      url,
      name,
      language: options.language,
      intervalMinutes: options.interval,
      userAgent: options.userAgent,
      groups: options.group,
    });
    if (added.ok) io.stdout.write(`added "${added.value.name}": ${added.value.url}\n`);
    else if (chosen.length > 1 && added.error.code === 'already-there') io.stderr.write(`${url}: ${added.error.message}\n`);
    else throw new CommandError(added.error.message);
  }
}

function chosenOf(feeds: readonly FoundFeed[], { feed, all }: AddOptions): readonly FoundFeed[] {
  if (all || (feed === undefined && feeds.length === 1)) return feeds;
  if (feed === undefined) return [];
  const one = feeds[feed - 1];
  if (!one) throw new CommandError(`There is no feed ${feed}: the site names ${feeds.length === 1 ? 'one' : feeds.length}.\n${listOf(feeds)}`.trimEnd());
  return [one];
}

const listOf = (feeds: readonly FoundFeed[]) =>
  feeds.map(({ url, title }, at) => `${String(at + 1).padStart(3)}  ${title === undefined ? '' : `${title}  `}${url}\n`).join('');
