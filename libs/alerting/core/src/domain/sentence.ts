import { counted, HOUR } from '@barometer/kernel';
import { windowEndingWith } from './episode';
import type { Measurement } from './judge';
import type { Condition } from './rule';

/** A tone with its sign; one that rounds to 0.00 has none. */
export function signed(tone: number): string {
  const digits = Math.abs(tone).toFixed(2);
  return digits === '0.00' ? digits : `${tone < 0 ? '−' : '+'}${digits}`;
}

/** The window that ends with `hour`, and the time at which the sentence is written. */
export interface SpokenWindow {
  readonly hour: number;
  readonly windowHours: number;
  readonly now: number;
}

/**
 * `the last 6 hours` up to an hour after its end; later the window's times, with dates if it is not today, since a
 * reader takes "the last" as relative to now.
 */
function spoken({ hour, windowHours, now }: SpokenWindow): { readonly in: string; readonly over: string } {
  const { from, to } = windowEndingWith(hour, windowHours);
  if (now - to <= HOUR) {
    const last = windowHours === 1 ? 'the last hour' : `the last ${counted(windowHours, 'hour')}`;
    return { in: `in ${last}`, over: `over ${last}` };
  }
  const [today, begin, end] = [now, from, to].map((time) => new Date(time).toISOString().slice(0, 10)) as [string, string, string];
  const time = (at: number) => new Date(at).toISOString().slice(11, 16);
  const times =
    begin === today && end === today
      ? `from ${time(from)} to ${time(to)} UTC`
      : `from ${begin} ${time(from)} to ${begin === end ? '' : `${end} `}${time(to)} UTC`;
  return { in: times, over: times };
}

/** What happened, in a sentence. */
export function sentenceOf(condition: Condition, scopeName: string, window: SpokenWindow, { value, usual, title }: Measurement): string {
  const { windowHours } = window;
  const when = spoken(window);
  switch (condition.kind) {
    case 'unusual':
      return `The mood of ${scopeName} ${when.over} is ${signed(value)}, ${value < (usual?.mean ?? 0) ? 'darker' : 'calmer'} than usual (${signed(usual?.low ?? 0)} to ${signed(usual?.high ?? 0)}).`;
    case 'tone':
      return `The mood of ${scopeName} ${when.over} is ${signed(value)}, ${condition.side} ${signed(condition.tone)}.`;
    case 'volume':
      return `${scopeName.charAt(0).toUpperCase()}${scopeName.slice(1)}: ${value.toFixed(1)} times as many articles as usual ${when.in}.`;
    case 'story':
      return `${counted(value, 'publisher')} told one story ${when.in}: ${title ?? ''}`.trim();
    case 'phrase':
      return `“${condition.phrase}” appeared in ${counted(value, 'article')} of ${scopeName} ${when.in}.`;
    case 'silence':
      return `Nothing was heard from ${scopeName} for ${counted(windowHours, 'hour')}${window.now - windowEndingWith(window.hour, windowHours).to <= HOUR ? '' : `, ${when.over}`}.`;
  }
}
