import { HOUR, sha256Hex } from '@barometer/kernel';
import type { Delivery } from './delivery';
import type { Digest } from './digest';
import type { EpisodeHeadline } from './episode';
import type { UsualTones } from './facts';
import type { AlertScope } from './rule';

/** A publisher of a story, with the mean tone of its articles (-1...1). */
export interface EditionVoice {
  readonly publisher: string;
  readonly tone: number;
}

/** A story that several publishers report, with the darkest and the brightest of them. */
export interface EditionStory extends EpisodeHeadline {
  readonly articles: number;
  readonly publishers: number;
  readonly darkest: EditionVoice;
  readonly brightest: EditionVoice;
}

/** The brightest news: a headline, or a story represented by its most typical headline, with the tone of the story. */
export interface EditionGood extends EpisodeHeadline {
  /** How many publishers report the story; absent for a single headline. */
  readonly publishers?: number | undefined;
}

/** The usual tones, and whether they were learned from the scope's own weeks or are the shipped reference; older editions do not say. */
export interface EditionUsual extends UsualTones {
  readonly basis?: 'own' | 'reference' | undefined;
}

/** What moved the mood, by how much (tone), with its most typical headline. */
export interface EditionDriver {
  readonly name: string;
  readonly effect: number;
  readonly headline?: string | undefined;
}

/** A source that cannot be read. */
export interface TroubledSource {
  readonly name: string;
  readonly problem: string;
  /** Last successful read, in milliseconds since 1970; absent if there was none. */
  readonly lastSuccessAt?: number | undefined;
}

/** The news of a period of whole hours. */
export interface PeriodNews {
  /** Scored articles; `counts` splits them by label. */
  readonly volume: number;
  readonly counts: { readonly negative: number; readonly neutral: number; readonly positive: number };
  /** Mean tone, -1...1, and in words; absent without articles. */
  readonly tone?: number | undefined;
  readonly word?: string | undefined;
  readonly usual?: EditionUsual | undefined;
  /** Whether `usual` is absent because there are too few articles; older editions do not say. */
  readonly tooFew?: boolean | undefined;
  /** Change since the equally long period before; 0 if not significant, absent if unknown. */
  readonly change?: number | undefined;
  /** Hours in which feeds were read, or for which articles were imported. */
  readonly observedHours: number;
  readonly hours: number;
  /** The strongest first. */
  readonly drivers: readonly EditionDriver[];
  /** Stories with the most publishers first. */
  readonly stories: readonly EditionStory[];
  readonly good?: EditionGood | undefined;
  /** Whether every article was read to find stories; otherwise only a part of each stretch. */
  readonly isWhole: boolean;
}

/** One edition of a digest. Headlines are quoted from publishers, and not checked. Times are milliseconds since 1970. */
export interface Edition extends PeriodNews {
  readonly id: string;
  readonly digestId: string;
  readonly name: string;
  readonly every: 'day' | 'week';
  readonly timeZone: string;
  readonly scope: AlertScope;
  readonly scopeName: string;
  readonly dueAt: number;
  /** The whole hours that it covers; the last hour of a preview may be incomplete. */
  readonly from: number;
  readonly to: number;
  readonly troubled: readonly TroubledSource[];
  /** Number of further sources in trouble that are not named. */
  readonly moreTroubled: number;
  /** Earlier editions that were due while Barometer was not running. */
  readonly skipped: number;
  /** The query of the page for its period and scope. */
  readonly view: string;
}

const padded = (time: number): string => String(time).padStart(13, '0');
const short = (text: string): string => sha256Hex(text).slice(0, 16);

/** The same id for every process that composes the edition; ids sort by when it was due. */
export const editionId = (digestId: string, dueAt: number): string => `${padded(dueAt)}-${short(`${digestId} ${dueAt}`)}`;

/** One delivery of an edition for each channel of its digest; the ids are the same for every process that makes them. */
export const deliveriesOf = ({ channelIds }: Pick<Digest, 'channelIds'>, { id, dueAt }: Pick<Edition, 'id' | 'dueAt'>, now: number): Delivery[] =>
  [...new Set(channelIds)].map((channelId) => ({
    id: `${padded(dueAt)}-${short(`${id} ${channelId}`)}`,
    channelId,
    told: [],
    editionId: id,
    state: 'waiting',
    attempts: 0,
    createdAt: now,
    availableAt: now,
  }));

/** The whole hours between two moments. The hour during which an edition was due belongs to the next one. */
export const hoursBetween = (from: number, to: number): { readonly from: number; readonly to: number } => ({
  from: Math.floor(from / HOUR),
  to: Math.floor(to / HOUR),
});
