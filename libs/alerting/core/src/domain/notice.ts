import type { Edition } from './edition';
import { editionText, shortEditionText } from './edition-text';
import { editionTitle } from './edition-words';
import type { Episode } from './episode';

/** What a channel receives: one or several episodes that began or ended, or an edition of a digest. */
export interface Notice {
  /** The delivery's id; the same in every attempt. */
  readonly id: string;
  /** Time of this attempt. */
  readonly at: number;
  readonly items: readonly { readonly event: 'opened' | 'closed'; readonly episode: Episode }[];
  /** If present, there are no items. */
  readonly edition?: Edition | undefined;
  /** Whether this is only a test of the channel. */
  readonly test: boolean;
  /** Address of the page, without a trailing slash; absent if unknown. */
  readonly home?: string | undefined;
}

/** The address at which the page shows the subject of an episode or an edition. */
export const linkOf = ({ home }: Pick<Notice, 'home'>, { view }: { readonly view: string }): string | undefined => home && `${home}/${view}`;

/** A one-line summary of a notice. */
export function titleOf({ test, items, edition }: Notice): string {
  if (edition) return `${test ? 'Test: ' : ''}${editionTitle(edition)}`;
  if (test) return 'Barometer: a test';
  const [only] = items;
  if (!only) return 'Barometer';
  if (items.length === 1) return `${only.event === 'closed' ? 'Over: ' : ''}${only.episode.ruleName}`;
  return `${items.length} alerts: ${[...new Set(items.map(({ episode }) => episode.ruleName))].slice(0, 3).join(', ')}`;
}

/** A notice as plain text, with a paragraph for each episode; an edition in its short form. */
export function textOf(notice: Notice): string {
  if (notice.edition) return shortEditionText(notice.edition, linkOf(notice, notice.edition));
  if (notice.test) return 'This is a test: alerts of this Barometer arrive here.';
  return notice.items.map(({ event, episode }) => paragraphOf(notice, event, episode)).join('\n\n');
}

/** The same with the full text of an edition, for channels without a length limit. */
export const fullTextOf = (notice: Notice): string => (notice.edition ? editionText(notice.edition, linkOf(notice, notice.edition)) : textOf(notice));

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
