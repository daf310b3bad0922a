import { Command, CommanderError } from 'commander';
import { addAddCommand } from './commands/add.command';
import { addAlertsCommand } from './commands/alerts.command';
import { addBackupCommands } from './commands/backup.commands';
import { addDigestCommand } from './commands/digest.command';
import { addDoctorCommand } from './commands/doctor.command';
import { addExportCommand } from './commands/export.command';
import { addImportArticlesCommand } from './commands/import-articles.command';
import { addImportCommand } from './commands/import.command';
import { addKeysCommand } from './commands/keys.command';
import { addMarksCommand } from './commands/marks.command';
import { addMcpCommand } from './commands/mcp.command';
import { addModelCommands } from './commands/model.commands';
import { addPollCommand } from './commands/poll.command';
import { addScoreCommand } from './commands/score.command';
import { addSessionsCommand } from './commands/sessions.command';
import { addSourcesCommand } from './commands/sources.command';
import { addStatusCommand } from './commands/status.command';
import { addStoriesCommand } from './commands/stories.command';
import { addStoreCommands } from './commands/store.commands';
import { addUpCommand } from './commands/up.command';
import { CommandError, type CliContext } from './context';
import { terminalStream, terminalText } from './lines/terminal-text';

const settings = `
Settings are environment variables; the most used ones:
  DATA_DIR               where the store lives (default .barometer in the repository; installed,
                         your folder for application data)
  STORE, TABLE_NAME      dynamodb and a table name: the commands then work on the table of a deployment, beside its functions
  PORT, HOST             where to listen (default 4600 on 127.0.0.1)
  MODEL_DIR              the model's folder (default: the one that ships with Barometer)
  ALLOW_PRIVATE_SOURCES  1 lets sources be on this machine or a private network
  USER_AGENT             the User-Agent sent to the hosts of feeds
  NEWSAPI_KEY            the key for sources of NewsAPI.org
docs/start-here.md lists all of them.`;

/** The whole command line. */
export function buildProgram(raw: CliContext): Command {
  // Lists are written through this; what overwrites its own line, or must be kept byte by byte, uses the raw streams.
  const context: CliContext = { ...raw, io: { ...raw.io, stdout: terminalStream(raw.io.stdout) } };
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
  addUpCommand(program, raw);
  addPollCommand(program, context);
  addScoreCommand(program, context);
  addAddCommand(program, context);
  addImportCommand(program, context);
  addImportArticlesCommand(program, context);
  addSourcesCommand(program, context);
  addStatusCommand(program, context);
  addStoreCommands(program, context);
  addBackupCommands(program, context);
  addExportCommand(program, raw);
  addKeysCommand(program, context);
  addSessionsCommand(program, context);
  addAlertsCommand(program, context);
  addDigestCommand(program, context);
  addMarksCommand(program, context);
  addMcpCommand(program, context);
  addModelCommands(program, context);
  addStoriesCommand(program, context);
  addDoctorCommand(program, context);
  return program;
}

/**
 * Runs one command line (without the program's name).
 * @returns the exit code: 0 done, 1 failed, 2 done except for some input, 3 the counts do not match the articles, 130
 * stopped
 */
export async function runCommandLine(argv: readonly string[], context: CliContext, isExpected: (error: unknown) => boolean): Promise<number> {
  try {
    await buildProgram(context).parseAsync(argv.length > 0 ? [...argv] : ['up'], { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    if (error instanceof CommandError || isExpected(error)) {
      context.io.stderr.write(`${terminalText((error as Error).message)}\n`);
      return error instanceof CommandError ? error.exitCode : 1;
    }
    context.io.stderr.write(`${terminalText(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
    return 1;
  }
}
