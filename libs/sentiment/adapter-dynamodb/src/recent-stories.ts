import { DAY, HOUR } from '@barometer/kernel';
import { inTurns, storyKey, timeToLive, wordKey, type ArticleRecord, type DynamoDbTable, type Item } from '@barometer/storage-dynamodb';
import { headlineOf, keysOf, mostPromising, representativesOf, StoryIndex, type FoundStory } from '@barometer/stories';

/** What is stored of an article by which a story is known. */
interface Member {
  readonly title: string;
  readonly at: number;
}

/** A word's item stays below the 1 KB of a write unit. */
const STORIES_OF_WORD = 24;
/** That a story was heard of again is noted in a word's item no more often than this. */
const PRECISION = 6 * HOUR;
/** An article may join until three days after the latest one. */
const KEPT = 4 * DAY;
const REQUESTS_AT_ONCE = 8;

/**
 * The stories of a batch of articles, found by their words in the table. The items of words and stories only help to find:
 * two processes may overwrite one another's, and a process may end before it has written them; then an article begins a
 * story where it could have joined one. What it has joined is in the article, and counted with its score.
 *
 * An article costs at most 7 read units (six words, eight stories, half a unit each) and 7 write units (six words and a story),
 * however many articles there are. No word has more than one item, which is read and written for one in 55 articles at most.
 */
export class BatchStories {
  private readonly index = new StoryIndex();
  private readonly members = new Map<string, readonly Member[]>();
  private readonly words = new Map<string, readonly FoundStory[]>();

  private constructor(private readonly table: DynamoDbTable) {}

  /** Reads what these articles may join. */
  static async of(table: DynamoDbTable, articles: readonly Pick<ArticleRecord, 'title' | 'publishedAt'>[]): Promise<BatchStories> {
    const stories = new BatchStories(table);
    const asked = articles.map(({ title, publishedAt }) => ({ words: keysOf(headlineOf(title)), publishedAt }));
    await stories.readWords([...new Set(asked.flatMap(({ words }) => words))]);
    const promising = asked.flatMap(({ words, publishedAt }) => mostPromising(words, (word) => stories.words.get(word) ?? [], publishedAt));
    await stories.readStories([...new Set(promising.map(({ id }) => id))]);
    return stories;
  }

  /** The story that an article joins, by the id of its first article; undefined where it begins one. The next ones may join it. */
  join({ id, title, publishedAt }: ArticleRecord): string | undefined {
    return this.index.join(id, headlineOf(title), publishedAt);
  }

  /** Lets later articles find the stories of these, once they are scored. */
  async note(articles: readonly ArticleRecord[]): Promise<void> {
    const puts = new Map<string, Item>();
    for (const { id, joinedStory, title, publishedAt } of articles) {
      const story = joinedStory ?? id;
      const members = representativesOf([...(this.members.get(story) ?? []), { title, at: publishedAt }]);
      this.members.set(story, members);
      const lastAt = Math.max(...members.map(({ at }) => at));
      puts.set(`Y ${story}`, { ...storyKey(story), members: members.map(({ at, title: text }) => `${at.toString(36)} ${text}`), ttl: timeToLive(lastAt + KEPT) });
      for (const word of keysOf(headlineOf(title))) {
        const known = this.words.get(word) ?? [];
        if (known.some((one) => one.id === story && one.lastAt > lastAt - PRECISION)) continue;
        const found = [...known.filter((one) => one.id !== story), { id: story, lastAt }].slice(-STORIES_OF_WORD);
        this.words.set(word, found);
        puts.set(`W ${word}`, { ...wordKey(word), found: found.map((one) => `${one.id} ${Math.round(one.lastAt / 1000).toString(36)}`).join(' '), ttl: timeToLive(Math.max(...found.map((one) => one.lastAt)) + KEPT) });
      }
    }
    await inTurns([...puts.values()], REQUESTS_AT_ONCE, (item) => this.table.put(item));
  }

  private async readWords(words: readonly string[]): Promise<void> {
    const byKey = new Map(words.map((word) => [wordKey(word).pk, word]));
    for (const item of await this.table.getAll(words.map(wordKey))) {
      const parts = String(item['found']).split(' ');
      const found = Array.from({ length: Math.floor(parts.length / 2) }, (_, index) => ({ id: parts[2 * index]!, lastAt: parseInt(parts[2 * index + 1]!, 36) * 1000 }));
      this.words.set(byKey.get(String(item['pk']))!, found);
    }
  }

  private async readStories(ids: readonly string[]): Promise<void> {
    for (const item of await this.table.getAll(ids.map(storyKey))) {
      const id = String(item['pk']).slice(2);
      const members = (item['members'] as readonly string[]).map(memberOf);
      this.members.set(id, members);
      for (const { title, at } of members) this.index.add(id, headlineOf(title), at);
    }
  }
}

function memberOf(text: string): Member {
  const end = text.indexOf(' ');
  return { at: parseInt(text.slice(0, end), 36), title: text.slice(end + 1) };
}
