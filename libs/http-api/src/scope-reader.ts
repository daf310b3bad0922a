import { membersOf } from '@barometer/kernel';
import type { Scope } from '@barometer/reporting';
import type { KnownSources } from './known-sources';
import { wrongField } from './problems/api-problem';

/** The fields of a query for its scope, as the schemas allow them. */
export interface ScopeQuery {
  readonly topic?: string | undefined;
  readonly source?: string | undefined;
  readonly group?: string | undefined;
}

/** The figures of a group are read source by source, so its size is limited. */
export const MOST_IN_GROUP = 300;

/** Knows which sources are in a group. */
export class ScopeReader {
  constructor(private readonly sources: KnownSources) {}

  /** The scope of a query, in the form of the use cases. @throws ApiProblem naming the field */
  async of({ topic, source, group }: ScopeQuery): Promise<Scope> {
    const about = topic === undefined ? {} : { topicId: topic };
    if (group === undefined) return { ...about, ...(source !== undefined && { sourceId: source }) };
    if (source !== undefined) throw wrongField('group', 'cannot stand beside source');
    const sourceIds = membersOf(await this.sources.list(), group).sort();
    if (sourceIds.length === 0) throw wrongField('group', `There is no group ${group}.`, 'not-found');
    if (sourceIds.length > MOST_IN_GROUP) throw wrongField('group', `has ${sourceIds.length} sources; figures are told of groups of at most ${MOST_IN_GROUP}`);
    return { ...about, sourceIds };
  }
}

/** The scope of a query, in the form of an answer. */
export function wireScope({ topic, source, group }: ScopeQuery): { topic?: string; source?: string; group?: string } {
  return { ...(topic !== undefined && { topic }), ...(source !== undefined && { source }), ...(group !== undefined && { group }) };
}
