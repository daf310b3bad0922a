import type { Story } from '@barometer/reporting';
import type * as wire from '../contract';
import { isoTime } from './time';

/** A story without what only a list, or only one story, tells. */
export function wireStory({ id, typical, articles, firstAt, lastAt, tone, voices }: Story): Omit<wire.Story, 'weight'> {
  return {
    id, title: typical.title, articleId: typical.id, articles, publishers: voices.length, firstAt: isoTime(firstAt), lastAt: isoTime(lastAt), tone,
    voices: voices.map(({ publisher, sourceId, articles: told, tone: voice }) => ({ name: publisher ?? sourceId, sourceId, articles: told, tone: voice })),
  };
}
