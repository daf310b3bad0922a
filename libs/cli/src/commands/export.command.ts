import { once } from 'node:events';
import { systemClock } from '@barometer/kernel';
import type { ArticleView } from '@barometer/reporting';
import { Option, type Command } from 'commander';
import type { CliContext, System } from '../context';
import { withSystem } from './store.commands';
import { addExportAll } from './transfer.commands';

const columns = [
  'id',
  'url',
  'title',
  'summary',
  'publisher',
  'language',
  'sources',
  'topics',
  'publishedAt',
  'fetchedAt',
  'state',
  'reason',
  'label',
  'confidence',
  'tone',
  'negative',
  'neutral',
  'positive',
  'uncertain',
  'modelId',
  'modelRevision',
  'scoredAt',
  'judgement',
] as const;

/** `barometer export`: the whole store, its articles or those that readers judged (newest first), or its sources. */
export function addExportCommand(program: Command, context: CliContext): void {
  const command = program.command('export').description('write stored data to standard output');
  addExportAll(command, context);
  command
    .command('articles')
    .description('every stored article, newest first')
    .addOption(new Option('--format <format>', 'how to write them').choices(['csv', 'jsonl']).default('jsonl'))
    .action(({ format }: { format: 'csv' | 'jsonl' }) =>
      withSystem(
        context,
        async (system) => {
          const { stdout } = context.io;
          if (format === 'csv') stdout.write(`${columns.join(',')}\r\n`);
          for await (const article of allArticles(system)) {
            if (context.stop.aborted) return;
            const line = format === 'csv' ? `${csvRow(article)}\r\n` : `${JSON.stringify(record(article))}\n`;
            if (!stdout.write(line)) await once(stdout, 'drain');
          }
        },
        { readOnly: true },
      ),
    );
  command
    .command('opml')
    .description(
      'every source as an OPML list, those of a group in a folder of its name; sources that were imported from files of articles have no feed and are left out',
    )
    .action(() =>
      withSystem(context, async (system) => void context.io.stdout.write(context.writeOpml(await system.listSources.execute(), systemClock.now())), {
        readOnly: true,
      }),
    );
  command
    .command('judgements')
    .description('every article that a reader judged, as JSON Lines that "barometer evaluate" reads')
    .action(() =>
      withSystem(
        context,
        async (system) => {
          const { stdout } = context.io;
          for await (const article of allPages((cursor) => system.listJudgements.execute({ limit: 100, ...cursor }))) {
            if (context.stop.aborted) return;
            if (!stdout.write(`${JSON.stringify(judgementRow(article, system.scoredText(article)))}\n`)) await once(stdout, 'drain');
          }
        },
        { readOnly: true },
      ),
    );
}

/** The scored text with the reader's label, and the model's label. */
function judgementRow({ id, url, title, judgement, modelSentiment, journey }: ArticleView, text: string): Record<string, unknown> {
  return {
    text,
    label: judgement?.label,
    id,
    url,
    title,
    publishedAt: new Date(journey.publishedAt).toISOString(),
    judgedAt: judgement && new Date(judgement.at).toISOString(),
    modelLabel: modelSentiment?.label,
    modelTone: modelSentiment?.tone,
    modelId: modelSentiment?.model.id,
    modelRevision: modelSentiment?.model.revision,
  };
}

const allArticles = (system: System) => allPages((cursor) => system.listArticles.execute({ limit: 100, ...cursor }));

async function* allPages(read: (after: { cursor?: string }) => ReturnType<System['listArticles']['execute']>): AsyncGenerator<ArticleView> {
  let cursor: string | undefined;
  do {
    const page = await read(cursor === undefined ? {} : { cursor });
    if (!page.ok) throw new Error(page.error.message);
    yield* page.value.items;
    cursor = page.value.cursor;
  } while (cursor !== undefined);
}

function record({ sentiment, journey, sourceIds, topicIds, ...article }: ArticleView): Record<(typeof columns)[number], unknown> {
  const time = (value: number | undefined) => (value === undefined ? undefined : new Date(value).toISOString());
  return {
    id: article.id,
    url: article.url,
    title: article.title,
    summary: article.summary,
    publisher: article.publisher,
    language: article.language,
    sources: sourceIds,
    topics: topicIds,
    publishedAt: time(journey.publishedAt),
    fetchedAt: time(journey.fetchedAt),
    state: article.state,
    reason: article.reason,
    label: sentiment?.label,
    confidence: sentiment?.confidence,
    tone: sentiment?.tone,
    negative: sentiment?.scores.negative,
    neutral: sentiment?.scores.neutral,
    positive: sentiment?.scores.positive,
    uncertain: sentiment?.uncertain,
    modelId: sentiment?.model.id,
    modelRevision: sentiment?.model.revision,
    scoredAt: time(journey.scoredAt),
    judgement: article.judgement?.label,
  };
}

/** A row of RFC 4180. A text that a spreadsheet would take for a formula gets a leading apostrophe (OWASP, "CSV Injection"). */
export function csvRow(article: ArticleView): string {
  const row = record(article);
  return columns.map((column) => cell(row[column])).join(',');
}

function cell(value: unknown): string {
  if (value === undefined) return '';
  const text = Array.isArray(value) ? value.join(' ') : String(value);
  const safe = typeof value !== 'number' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
