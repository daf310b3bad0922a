import type { Edition } from './edition';
import { editionWords } from './edition-words';

const time = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** An edition as JSON for webhooks, the API and the command line, version 1: fields may be added, but none is renamed or removed (docs/digest.md). */
export function editionJson(edition: Edition, link: string | undefined) {
  const {
    id,
    digestId,
    name,
    every,
    timeZone,
    scope,
    scopeName,
    dueAt,
    from,
    to,
    volume,
    counts,
    tone,
    word,
    usual,
    change,
    observedHours,
    hours,
    drivers,
    stories,
    good,
    troubled,
    moreTroubled,
    skipped,
    isWhole,
  } = edition;
  const { verdict, sentence } = editionWords(edition);
  return {
    id,
    digest: { id: digestId, name },
    every,
    timeZone,
    scope: { topic: scope.topicId ?? null, source: scope.sourceId ?? null, group: scope.group ?? null, name: scopeName },
    dueAt: time(dueAt),
    from: time(from),
    to: time(to),
    verdict,
    sentence,
    tone: tone ?? null,
    word: word ?? null,
    usual: usual ?? null,
    change: change ?? null,
    articles: volume,
    counts,
    observedHours,
    hours,
    drivers,
    stories,
    good: good ?? null,
    troubled: troubled.map((source) => ({
      name: source.name,
      problem: source.problem,
      lastSuccessAt: source.lastSuccessAt === undefined ? null : time(source.lastSuccessAt),
    })),
    moreTroubled,
    skipped,
    isWhole,
    link: link ?? null,
  };
}

export type EditionJson = ReturnType<typeof editionJson>;
