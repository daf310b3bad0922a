import { isKnownCharset } from '@barometer/text';
import { InvalidArgumentError, Option } from 'commander';

/** `--charset`, for a file whose character set cannot be detected; UTF-8, UTF-16 and declared character sets are. */
export function charsetOption(): Option {
  return new Option('--charset <name>', 'character set of the file, such as koi8-r (default: UTF-8 and UTF-16 are detected, otherwise Windows-1252)').argParser(
    (name: string) => {
      if (!isKnownCharset(name)) throw new InvalidArgumentError('There is no such character set.');
      return name;
    },
  );
}
