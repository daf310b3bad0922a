import type { ArticleView } from '../domain/report';
import { storyOf, type Story } from '../domain/story';
import type { ReportStore } from '../ports/report-store.port';

/** A story with what tells it, newest first. */
export interface StoryWithArticles extends Story {
  readonly members: readonly ArticleView[];
}

/** One story by its id, or by that of any of its articles. */
export class GetStory {
  constructor(private readonly deps: { readonly reports: ReportStore }) {}

  /** `undefined` where nothing of it is kept, or the article is not scored. A story of which the first article has expired goes on. */
  async execute(id: string): Promise<StoryWithArticles | undefined> {
    const { reports } = this.deps;
    const storyId = (await reports.article(id))?.storyId ?? id;
    const members = await reports.story(storyId);
    return members.length === 0 ? undefined : { ...storyOf(storyId, members, members.length), members };
  }
}
