import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { CommandError, type CliContext } from '../context';

/** The input of a command: a file, or standard input for -; `total` is its size in bytes if known. @throws CommandError */
export async function openInput(file: string, { io }: Pick<CliContext, 'io'>): Promise<{ readonly total: number | undefined; readonly input: Readable }> {
  return file === '-' ? { total: undefined, input: io.stdin } : { total: await sizeOf(file), input: createReadStream(file) };
}

async function sizeOf(file: string): Promise<number> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw new CommandError(`${file} is a folder; give a file, or - for standard input`);
    return found.size;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(
      `${file} cannot be read: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message}`,
    );
  }
}
