import { fromMicro, HOUR, counted } from '@barometer/kernel';
import type { Discrepancy } from '@barometer/reporting';

/** A difference that `barometer check` found, as one line: an hour, a day or a story, each in its own words. */
export function discrepancyLine({ scope, hour, of, stored, expected }: Discrepancy): string {
  const at = new Date(hour * HOUR).toISOString();
  if (of === 'story') return storyLine(scope, stored, expected);
  if (of === 'day') return `${scope} on ${at.slice(0, 10)} (day): stored ${JSON.stringify(stored)}, hours say ${JSON.stringify(expected)}`;
  return `${scope} at ${at}: stored ${JSON.stringify(stored)}, articles say ${JSON.stringify(expected)}`;
}

/** The totals of a story count its articles as neutral ones; its scope is that of its own roll-ups and the one in which it is told. */
function storyLine(scope: string, stored: Discrepancy['stored'], expected: Discrepancy['expected']): string {
  const [own = '', place = ''] = scope.split(' ');
  const story = `story ${own.slice(own.indexOf(':') + 1)} in ${place}`;
  if (stored.neutral === expected.neutral && stored.toneSum === expected.toneSum)
    return `${story}: the times of its first and last article are not those of the articles`;
  const words = ({ neutral, toneSum }: Discrepancy['stored']) => `${counted(neutral, 'article')} and tone ${fromMicro(toneSum)}`;
  return `${story}: stored ${words(stored)}, articles say ${words(expected)}`;
}
