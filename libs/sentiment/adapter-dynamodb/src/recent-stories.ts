import { DAY, dayOfHour, HOUR, hourOf } from '@barometer/kernel';
import {
  articleTtl,
  inTurns,
  storyDirectory,
  storyKey,
  storySort,
  timeToLive,
  wordKey,
  type ArticleRecord,
  type DynamoDbTable,
  type Item,
} from '@barometer/storage-dynamodb';
import { headlineOf, keysOf, mostPromising, representativesOf, StoryIndex, type FoundStory } from '@barometer/stories';

/** The stored fields of an article that identify its story. */
interface Member {
  readonly title: string;
  readonly at: number;
}

/** Keeps a word's item below 1 KB, which is one write unit. */
const STORIES_OF_WORD = 24;
/** For a continuing story, a word's item is refreshed at most this often. */
const PRECISION = 6 * HOUR;
/** Kept a day longer than an article may join, which is three days after the latest article. */
const KEPT = 4 * DAY;
const REQUESTS_AT_ONCE = 8;

/**
 * The stories of a batch of articles, found in the table by their words. The items of words and stories are only an
 * index: two processes may overwrite each other's, and a process may end before it has written them; then an article
 * begins a story where it could have joined one. The joined story itself is stored in the article, and counted with its
 * score.
 *
 * An article costs at most 7 read units (six words, eight stories, half a unit each) and 7 write units (six words and a
 * story), however many articles there are. No word has more than one item, and that item is read and written for one in
 * 55 articles at most.
 */
export class BatchStories {
  private readonly index = new StoryIndex();
  private readonly members = new Map<string, readonly Member[]>();
  /** The number of articles of each story; too low if two processes count at the same time. */
  private readonly sizes = new Map<string, number>();
  private readonly words = new Map<string, readonly FoundStory[]>();

  private constructor(private readonly table: DynamoDbTable) {}

  /** Reads the stories that these articles may join. */
  static async of(table: DynamoDbTable, articles: readonly Pick<ArticleRecord, 'title' | 'publishedAt'>[]): Promise<BatchStories> {
    const stories = new BatchStories(table);
    const asked = articles.map(({ title, publishedAt }) => ({ words: keysOf(headlineOf(title)), publishedAt }));
    await stories.readWords([...new Set(asked.flatMap(({ words }) => words))]);
    const promising = asked.flatMap(({ words, publishedAt }) => mostPromising(words, (word) => stories.words.get(word) ?? [], publishedAt));
    await stories.readStories([...new Set(promising.map(({ id }) => id))]);
    return stories;
  }

  /** The story that an article joins, as the id of its first article; `undefined` if it begins one. Later articles of the batch may join it. */
  join({ id, title, publishedAt }: ArticleRecord): string | undefined {
    return this.index.join(id, headlineOf(title), publishedAt);
  }

  /** Makes the stories of these articles findable for later ones, once they are scored. */
  async note(articles: readonly Pick<ArticleRecord, 'id' | 'joinedStory' | 'title' | 'publishedAt'>[]): Promise<void> {
    const puts = new Map<string, Item>();
    for (const { id, joinedStory, title, publishedAt } of articles) {
      const story = joinedStory ?? id;
      const members = representativesOf([...(this.members.get(story) ?? []), { title, at: publishedAt }]);
      this.members.set(story, members);
      const size = (this.sizes.get(story) ?? 0) + 1;
      this.sizes.set(story, size);
      const [firstAt, lastAt] = [Math.min(...members.map(({ at }) => at)), Math.max(...members.map(({ at }) => at))];
      puts.set(`Y ${story}`, {
        ...storyKey(story),
        members: members.map(({ at, title: text }) => `${at.toString(36)} ${text}`),
        size,
        // A story of several articles is listed by size for as long as its articles are kept.
        ...(size === 1
          ? { ttl: timeToLive(lastAt + KEPT) }
          : {
              ttl: articleTtl({ publishedAt: lastAt }, this.table.retention),
              directoryKey: storyDirectory(dayOfHour(hourOf(firstAt))),
              directorySort: storySort(size, story),
            }),
      });
      for (const word of keysOf(headlineOf(title))) {
        const known = this.words.get(word) ?? [];
        if (known.some((one) => one.id === story && one.lastAt > lastAt - PRECISION)) continue;
        const found = [...known.filter((one) => one.id !== story), { id: story, lastAt }].slice(-STORIES_OF_WORD);
        this.words.set(word, found);
        puts.set(`W ${word}`, {
          ...wordKey(word),
          found: found.map((one) => `${one.id} ${Math.round(one.lastAt / 1000).toString(36)}`).join(' '),
          ttl: timeToLive(Math.max(...found.map((one) => one.lastAt)) + KEPT),
        });
      }
    }
    await inTurns([...puts.values()], REQUESTS_AT_ONCE, (item) => this.table.put(item));
  }

  private async readWords(words: readonly string[]): Promise<void> {
    const byKey = new Map(words.map((word) => [wordKey(word).pk, word]));
    for (const item of await this.table.getAll(words.map(wordKey))) {
      const parts = String(item['found']).split(' ');
      const found = Array.from({ length: Math.floor(parts.length / 2) }, (_, index) => ({
        id: parts[2 * index]!,
        lastAt: parseInt(parts[2 * index + 1]!, 36) * 1000,
      }));
      this.words.set(byKey.get(String(item['pk']))!, found);
    }
  }

  private async readStories(ids: readonly string[]): Promise<void> {
    for (const item of await this.table.getAll(ids.map(storyKey))) {
      const id = String(item['pk']).slice(2);
      const members = (item['members'] as readonly string[]).map(memberOf);
      this.members.set(id, members);
      this.sizes.set(id, Number(item['size'] ?? members.length));
      for (const { title, at } of members) this.index.add(id, headlineOf(title), at);
    }
  }
}

function memberOf(text: string): Member {
  const end = text.indexOf(' ');
  return { at: parseInt(text.slice(0, end), 36), title: text.slice(end + 1) };
}
