import type { Access } from '@barometer/access';
import { readFeedName } from '@barometer/reporting';
import { Option, type Command } from 'commander';
import { CommandError, type CliContext } from '../context';
import { withSystem } from './store.commands';

const beside = { beside: true } as const;

/** `barometer keys`: who may use the API from another machine. */
export function addKeysCommand(program: Command, context: CliContext): void {
  const { stdout } = context.io;
  const command = program
    .command('keys')
    .description('access keys, needed for requests from other machines; a change takes effect at once, also in a running Barometer');

  command
    .command('add')
    .argument('[name]', 'what the key is for', 'unnamed')
    .addOption(new Option('--role <role>', 'what the key allows').choices(['read', 'write']).default('read').conflicts('feed'))
    .option(
      '--feed <feed>',
      'make a key that reads this feed only, for feed readers and other pages, such as "articles?label=positive", "mood?topic=energy", or its address',
    )
    .description('make a key; it is shown once and only its digest is kept')
    .action((name: string, options: { role: 'read' | 'write'; feed?: string }) => {
      const access = accessOf(options);
      return withSystem(
        context,
        async (system) => {
          const { key, record } = await system.addAccessKey.execute({ name, ...access });
          stdout.write(`${key}\n`);
          context.io.stderr.write(`Key ${record.id} (${access.feed ?? access.role}, ${name}). Keep it: it is not shown again.\n`);
          if (access.feed !== undefined) context.io.stderr.write(`The address for it, after that of this Barometer: ${addressOf(access.feed, key)}\n`);
        },
        beside,
      );
    });

  command
    .command('list')
    .description('list valid keys, without the keys themselves')
    .action(() =>
      withSystem(
        context,
        async (system) => {
          for (const { id, role, feed, name, createdAt } of await system.listAccessKeys.execute()) {
            stdout.write(`${id}  ${role.padEnd(5)}  ${new Date(createdAt).toISOString()}  ${name}${feed === undefined ? '' : `  (${feed})`}\n`);
          }
        },
        beside,
      ),
    );

  command
    .command('revoke')
    .argument('<id>', 'the id that "keys list" shows')
    .description('make a key invalid')
    .action((id: string) =>
      withSystem(
        context,
        async (system) => {
          if (!(await system.revokeAccessKey.execute(id))) throw new CommandError(`there is no key ${id}`);
          stdout.write(`revoked ${id}\n`);
        },
        beside,
      ),
    );
}

function accessOf({ role, feed }: { readonly role: 'read' | 'write'; readonly feed?: string }): Access {
  if (feed === undefined) return { role };
  const name = readFeedName(feed);
  if (!name.ok) throw new CommandError(name.error.message);
  return { role: 'feed', feed: name.value };
}

function addressOf(feed: string, key: string): string {
  const [list, query] = feed.split('?', 2);
  // Badges have `.svg`.
  const format = list === 'mood' ? 'html' : 'atom';
  return `/feeds/${list}.${format}?${query === undefined ? '' : `${query}&`}key=${key}`;
}
