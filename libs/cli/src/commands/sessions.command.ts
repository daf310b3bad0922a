import type { Command } from 'commander';
import { CommandError, type CliContext } from '../context';
import { withSystem } from './store.commands';

const beside = { beside: true } as const;

/** `barometer sessions`: who has signed in at the provider (docs/sign-in.md). */
export function addSessionsCommand(program: Command, context: CliContext): void {
  const { stdout } = context.io;
  const command = program.command('sessions').description('who is signed in by OpenID Connect; a change takes effect at once, also in a running Barometer');

  command
    .command('list')
    .description('the sessions that have not ended')
    .action(() =>
      withSystem(
        context,
        async (system) => {
          for (const { id, role, createdAt, expiresAt, name, email } of await system.sessions.list.execute()) {
            const times = [createdAt, expiresAt].map((time) => new Date(time).toISOString()).join(' to ');
            stdout.write(`${id}  ${role.padEnd(5)}  ${times}  ${name}${email === undefined ? '' : `  ${email}`}\n`);
          }
        },
        beside,
      ),
    );

  command
    .command('end')
    .argument('[id]', 'the id that "sessions list" shows')
    .option('--all', 'end every session', false)
    .description('end one session or all; its user has to sign in again')
    .action((id: string | undefined, { all }: { all: boolean }) => {
      if ((id === undefined) !== all) throw new CommandError('Name one session, or --all.');
      return withSystem(
        context,
        async (system) => {
          if (id === undefined) stdout.write(`ended ${await system.sessions.end.all()}\n`);
          else if (await system.sessions.end.one(id)) stdout.write(`ended ${id}\n`);
          else throw new CommandError(`there is no session ${id}`);
        },
        beside,
      );
    });
}
