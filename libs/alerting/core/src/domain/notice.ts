import type { Episode } from './episode';

/** What a channel is told: one or several episodes that began or ended. */
export interface Notice {
  /** Of the delivery; the same in every attempt. */
  readonly id: string;
  /** When this attempt is made. */
  readonly at: number;
  readonly items: readonly { readonly event: 'opened' | 'closed'; readonly episode: Episode }[];
  /** Only to see whether it arrives. */
  readonly test: boolean;
  /** Where the page is, without a slash at its end; absent where nobody knows. */
  readonly home?: string | undefined;
}

/** Where the page shows an episode. */
export const linkOf = ({ home }: Notice, { view }: Episode): string | undefined => home && `${home}/${view}`;

/** The line that stands for a whole notice. */
export function titleOf({ test, items }: Notice): string {
  if (test) return 'Barometer: a test';
  const [only] = items;
  if (!only) return 'Barometer';
  if (items.length === 1) return `${only.event === 'closed' ? 'Over: ' : ''}${only.episode.ruleName}`;
  return `${items.length} alerts: ${[...new Set(items.map(({ episode }) => episode.ruleName))].slice(0, 3).join(', ')}`;
}

/** A notice as plain text, an episode a paragraph. */
export function textOf(notice: Notice): string {
  if (notice.test) return 'This is a test: alerts of this Barometer arrive here.';
  return notice.items.map(({ event, episode }) => paragraphOf(notice, event, episode)).join('\n\n');
}

function paragraphOf(notice: Notice, event: 'opened' | 'closed', episode: Episode): string {
  if (event === 'closed') return `Over: ${episode.ruleName} (since ${new Date(episode.openedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC).`;
  const moved = episode.drivers.map(({ name, effect }) => `${name} (${effect < 0 ? '−' : '+'}${Math.abs(effect).toFixed(2)})`).join(', ');
  const link = linkOf(notice, episode);
  return [
    notice.items.length > 1 ? `${episode.ruleName}: ${episode.sentence}` : episode.sentence,
    ...(moved === '' ? [] : [`What moved it: ${moved}`]),
    ...episode.headlines.map(({ title, publisher }) => `- ${title}${publisher === undefined ? '' : ` (${publisher})`}`),
    ...(link === undefined ? [] : [link]),
  ].join('\n');
}
