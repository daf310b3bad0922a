import { counted } from '@barometer/kernel';
import type { Command } from 'commander';
import { CommandError, type CliContext } from '../context';

const marks = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' } as const;

/** `barometer doctor`: checks what this machine has and lacks. */
export function addDoctorCommand(program: Command, context: CliContext): void {
  program
    .command('doctor')
    .option('--sources', 'request every source of the list that ships with Barometer', false)
    .description('check Node, the model, the store, the port and the network')
    .action(async (options: { sources: boolean }) => {
      let failed = 0;
      for await (const { what, state, detail } of context.diagnose(options)) {
        context.io.stdout.write(`${marks[state]}  ${what.padEnd(24)} ${detail}\n`);
        if (state === 'failed') failed += 1;
      }
      if (failed > 0) throw new CommandError(`${counted(failed, 'check')} failed`);
    });
}
