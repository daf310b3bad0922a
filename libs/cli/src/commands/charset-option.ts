import { isKnownCharset } from '@barometer/text';
import { InvalidArgumentError, Option } from 'commander';

/** `--charset`, for a file that does not show what it is in: UTF-8, UTF-16 and what a declaration names are found without. */
export function charsetOption(): Option {
  return new Option('--charset <name>', 'what the file is in where its first bytes do not tell, such as koi8-r (default: UTF-8 and UTF-16 are found, the rest is Windows-1252)')
    .argParser((name: string) => {
      if (!isKnownCharset(name)) throw new InvalidArgumentError('There is no such character set.');
      return name;
    });
}
