import type { Topic, TopicPreview } from '@barometer/reporting';
import type * as wire from '../contract';
import { isoTime } from './time';

export function wireTopic({ id, name, anyOf, allOf, noneOf, version, readyVersion, createdAt, changedAt }: Topic): wire.Topic {
  return {
    id,
    name,
    anyOf: [...anyOf],
    allOf: [...allOf],
    noneOf: [...noneOf],
    version,
    ...(readyVersion !== undefined && { readyVersion }),
    backfilling: readyVersion !== version,
    createdAt: isoTime(createdAt),
    changedAt: isoTime(changedAt),
  };
}

export function wireTopicPreview({ matched, searched, searchedTo, examples }: TopicPreview): Omit<wire.TopicPreview, 'sample'> {
  return {
    matched,
    searched,
    searchedTo: isoTime(searchedTo),
    examples: examples.map(({ id, title, url, journey, sentiment }) => ({
      id,
      title,
      url,
      publishedAt: isoTime(journey.publishedAt),
      ...(sentiment && { sentiment }),
    })),
  };
}
