import type { ArticleView } from '../domain/report';
import { storyOf, type Story } from '../domain/story';
import type { ReportStore } from '../ports/report-store.port';

/** A story with its articles, newest first. */
export interface StoryWithArticles extends Story {
  readonly members: readonly ArticleView[];
}

/** One story, by its id or the id of any of its articles. */
export class GetStory {
  constructor(private readonly deps: { readonly reports: ReportStore }) {}

  /** `undefined` if nothing of it is kept, or the article is not scored. A story continues after its first article has expired. */
  async execute(id: string): Promise<StoryWithArticles | undefined> {
    const { reports } = this.deps;
    const storyId = (await reports.article(id))?.storyId ?? id;
    const members = await reports.story(storyId);
    return members.length === 0 ? undefined : { ...storyOf(storyId, members, members.length), members };
  }
}
