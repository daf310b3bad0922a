import { voiceName, type Story } from '@barometer/reporting';
import type * as wire from '../contract';
import type { SourceNames } from '../known-sources';
import { isoTime } from './time';

/** A story, without the fields that only a list or only a single story has. */
export function wireStory({ id, typical, articles, firstAt, lastAt, tone, voices }: Story, names: SourceNames): Omit<wire.Story, 'weight'> {
  return {
    id,
    title: typical.title,
    articleId: typical.id,
    articles,
    publishers: voices.length,
    firstAt: isoTime(firstAt),
    lastAt: isoTime(lastAt),
    tone,
    voices: voices.map((voice) => ({ name: voiceName(voice, names), sourceId: voice.sourceId, articles: voice.articles, tone: voice.tone })),
  };
}

export const searchedOf = (isWhole: boolean): wire.Searched => (isWhole ? 'all' : 'largest');
