import type { Measurement } from './judge';
import type { Condition } from './rule';

/** A tone with its sign. */
export const signed = (tone: number): string => `${tone < 0 ? '−' : '+'}${Math.abs(tone).toFixed(2)}`;
const hours = (count: number): string => (count === 1 ? 'the last hour' : `the last ${count} hours`);

/** What happened, as somebody would say it. */
export function sentenceOf(condition: Condition, scopeName: string, windowHours: number, { value, usual, title }: Measurement): string {
  const when = hours(windowHours);
  switch (condition.kind) {
    case 'unusual':
      return `The mood of ${scopeName} over ${when} is ${signed(value)}, ${value < (usual?.mean ?? 0) ? 'darker' : 'calmer'} than usual (${signed(usual?.low ?? 0)} to ${signed(usual?.high ?? 0)}).`;
    case 'tone':
      return `The mood of ${scopeName} over ${when} is ${signed(value)}, ${condition.side} ${signed(condition.tone)}.`;
    case 'volume':
      return `${scopeName}: ${value.toFixed(1)} times as many articles as usual in ${when}.`;
    case 'story':
      return `${value} publishers told one story in ${when}: ${title ?? ''}`.trim();
    case 'phrase':
      return `“${condition.phrase}” appeared in ${value} ${value === 1 ? 'article' : 'articles'} of ${scopeName} in ${when}.`;
    case 'silence':
      return `Nothing was heard from ${scopeName} for ${windowHours} ${windowHours === 1 ? 'hour' : 'hours'}.`;
  }
}
