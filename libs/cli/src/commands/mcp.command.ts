import type { Command } from 'commander';
import { CommandError, type CliContext } from '../context';

/** `barometer mcp`: answers an assistant on standard input and output, which then carry only the protocol. */
export function addMcpCommand(program: Command, context: CliContext): void {
  program
    .command('mcp')
    .option('--url <address>', 'ask the Barometer at this address instead of reading the store; BAROMETER_KEY is the key if it needs one')
    .description('serve an assistant over the Model Context Protocol: mood, drivers, stories, articles, scores; it only reads (docs/assistants.md)')
    .action(({ url }: { url?: string }) => context.serveMcp(url === undefined ? {} : { url: addressOf(url) }));
}

function addressOf(given: string): string {
  const url = URL.parse(given);
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    throw new CommandError(`--url must be the address of a Barometer, such as http://127.0.0.1:4600, not "${given}"`);
  if (url.username !== '' || url.password !== '') throw new CommandError('--url must hold no password; the key goes into BAROMETER_KEY');
  return url.href;
}
