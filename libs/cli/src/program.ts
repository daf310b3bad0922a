import { Command, CommanderError } from 'commander';
import { addAddCommand } from './commands/add.command';
import { addAlertsCommand } from './commands/alerts.command';
import { addBackupCommands } from './commands/backup.commands';
import { addDoctorCommand } from './commands/doctor.command';
import { addExportCommand } from './commands/export.command';
import { addImportCommand } from './commands/import.command';
import { addKeysCommand } from './commands/keys.command';
import { addModelCommands } from './commands/model.commands';
import { addPollCommand } from './commands/poll.command';
import { addScoreCommand } from './commands/score.command';
import { addStatusCommand } from './commands/status.command';
import { addStoriesCommand } from './commands/stories.command';
import { addStoreCommands } from './commands/store.commands';
import { addUpCommand } from './commands/up.command';
import { CommandError, type CliContext } from './context';

const settings = `
Settings are environment variables; the most used ones:
  DATA_DIR               where the store lives (default .barometer in the repository; installed,
                         your folder for application data)
  STORE, TABLE_NAME      dynamodb and a table: the commands then work on that of a deployment, beside its functions
  PORT, HOST             where to listen (default 4600 on 127.0.0.1)
  MODEL_DIR              the model's folder (default: the one that ships with Barometer)
  ALLOW_PRIVATE_SOURCES  1 lets sources be on this machine or a private network
  USER_AGENT             what the hosts of feeds are told of who asks
  NEWSAPI_KEY            the key for sources of NewsAPI.org
docs/start-here.md lists all of them.`;

/** The whole command line. */
export function buildProgram(context: CliContext): Command {
  const program = new Command('barometer')
    .description('Tells the mood of the news: polls feeds, scores every article, and shows the result.')
    .version(context.version)
    .showHelpAfterError('(--help shows what there is)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void context.io.stdout.write(text),
      writeErr: (text) => void context.io.stderr.write(text),
    })
    .addHelpText('after', settings);
  addUpCommand(program, context);
  addPollCommand(program, context);
  addScoreCommand(program, context);
  addAddCommand(program, context);
  addImportCommand(program, context);
  addStatusCommand(program, context);
  addStoreCommands(program, context);
  addBackupCommands(program, context);
  addExportCommand(program, context);
  addKeysCommand(program, context);
  addAlertsCommand(program, context);
  addModelCommands(program, context);
  addStoriesCommand(program, context);
  addDoctorCommand(program, context);
  return program;
}

/**
 * Runs one command line (without the program's name).
 * @returns the exit code: 0 done, 1 failed, 2 done but for some input, 3 the invariant does not hold, 130 stopped
 */
export async function runCommandLine(argv: readonly string[], context: CliContext, isExpected: (error: unknown) => boolean): Promise<number> {
  try {
    await buildProgram(context).parseAsync(argv.length > 0 ? [...argv] : ['up'], { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    if (error instanceof CommandError || isExpected(error)) {
      context.io.stderr.write(`${(error as Error).message}\n`);
      return error instanceof CommandError ? error.exitCode : 1;
    }
    context.io.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 1;
  }
}
