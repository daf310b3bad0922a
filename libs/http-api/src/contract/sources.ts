import * as z from 'zod';
import { count, slugSchema, timeSchema } from './primitives';

export const sourceKindSchema = z.enum(['feed', 'newsapi']);

export const sourceHealthSchema = z
  .object({
    status: z.enum(['never', 'ok', 'not-modified', 'failed', 'gone']).meta({ description: 'Outcome of the last poll' }),
    nextPollAt: timeSchema,
    lastPolledAt: timeSchema.optional(),
    lastSuccessAt: timeSchema.optional(),
    httpStatus: z.number().int().optional(),
    message: z.string().optional().meta({ description: 'Why the last poll failed' }),
    notices: z.array(z.string()).optional().meta({ description: 'What to know though the last document was read: that little of it can be scored, or that a part was left out' }),
    failures: count.meta({ description: 'Failures in a row' }),
    polls: count,
    articles: count.meta({ description: 'Articles that it was the first to list' }),
    bytesSaved: count.meta({ description: 'Bytes not sent again because the source answered 304' }),
  })
  .meta({ id: 'SourceHealth' });

/** What a reader wants to know of a source in one word. */
export const sourceStateSchema = z.enum(['new', 'ok', 'failing', 'paused', 'gone']);

export const sourceSchema = z
  .object({
    id: z.string(),
    kind: sourceKindSchema,
    url: z.string(),
    name: z.string(),
    homepage: z.string().optional(),
    language: z.string().optional(),
    field: z.string().optional(),
    intervalMinutes: z.number().int().positive(),
    userAgent: z.string().optional().meta({ description: 'What its host is told of who asks, where that is another than for all sources' }),
    paused: z.boolean(),
    addedAt: timeSchema,
    state: sourceStateSchema,
    health: sourceHealthSchema,
  })
  .meta({ id: 'Source' });

export const sourceListSchema = z.object({ items: z.array(sourceSchema) }).meta({ id: 'SourceList' });

const url = z.string().trim().min(1, 'must not be empty').max(2048, 'must be at most 2048 characters');
// What is left empty counts as not given; the core says what is wrong with the rest.
const name = z.string().trim().max(200, 'must be at most 200 characters');
const homepage = z.string().trim().max(2048, 'must be at most 2048 characters');
const language = z.string().trim().max(35, 'must be a language code such as en');
const field = z.string().trim().max(60, 'must be at most 60 characters');
const intervalMinutes = z.number().int('must be a whole number').min(1).max(1440);
const userAgent = z.string().trim().max(300, 'must be at most 300 characters');
const userAgentOfOne = 'What its host is told of who asks: printable ASCII. For hosts that let in only browsers or programs that they know';

export const newSourceSchema = z
  .strictObject({
    url: url.meta({ examples: ['https://www.theguardian.com/world/rss'] }),
    name: name.optional().meta({ description: "Default: the feed's own title or host" }),
    kind: sourceKindSchema.optional(),
    homepage: homepage.optional(),
    language: language.optional(),
    field: field.optional(),
    intervalMinutes: intervalMinutes.optional(),
    userAgent: userAgent.optional().meta({ description: userAgentOfOne }),
  })
  .meta({ id: 'NewSource' });

export const sourceChangeSchema = z
  .strictObject({
    url: url.optional(),
    name: name.optional(),
    homepage: homepage.optional(),
    language: language.optional(),
    field: field.optional(),
    intervalMinutes: intervalMinutes.optional(),
    userAgent: userAgent.optional().meta({ description: `${userAgentOfOne}. Empty: that of all sources again. A change polls the source at once` }),
    paused: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'must change at least one field')
  .meta({ id: 'SourceChange' });

export const sourceParamsSchema = z.strictObject({ id: slugSchema });

export const sourcePreviewRequestSchema = z.strictObject({ url: url.meta({ description: 'Of a feed, or of a site that names its feeds' }), userAgent: userAgent.optional().meta({ description: 'What its host is told of who asks' }) }).meta({ id: 'SourcePreviewRequest' });

export const sourcePreviewSchema = z
  .object({
    url: z.string().meta({ description: 'The address of the feed: the one that was asked for, or the first that was found from there' }),
    feeds: z
      .array(z.object({ url: z.string(), title: z.string().optional() }))
      .meta({ description: 'Where a web page was asked for: the feeds that it names, at most 20, or the one that was found at a usual place' }),
    title: z.string(),
    format: z.string().meta({ description: 'rss, rdf, atom, json-feed or newsapi' }),
    language: z.string().optional(),
    homepage: z.string().optional(),
    itemCount: count,
    items: z
      .array(z.object({ title: z.string(), url: z.string(), publishedAt: timeSchema.optional(), summary: z.string() }))
      .meta({ description: 'The first ten' }),
  })
  .meta({ id: 'SourcePreview' });

/** A poll was asked for; it happens within a moment, after this answer. */
export const pollRequestedSchema = z.object({ id: z.string(), accepted: z.literal(true) }).meta({ id: 'PollRequested' });

/** What is to be told about an entry of an imported list. */
export const sourceImportNoteSchema = z
  .object({
    place: z.string().optional().meta({ description: 'Where it stands in the document', examples: ['line 12'] }),
    name: z.string().optional(),
    url: z.string().meta({ description: 'The address as the document gives it; empty where it gives none' }),
    message: z.string(),
  })
  .meta({ id: 'SourceImportNote' });

export const sourceImportSchema = z
  .object({
    added: count,
    alreadyThere: count.meta({ description: 'Feeds that were there, or stood in the document before' }),
    refused: z.array(sourceImportNoteSchema).meta({ description: 'Entries of which no source could be made' }),
    leftOut: z.array(sourceImportNoteSchema).meta({ description: 'Fields that could not be used; their feeds were added without them' }),
  })
  .meta({ id: 'SourceImport', description: 'What became of the feeds of an OPML document' });

export type SourceKind = z.infer<typeof sourceKindSchema>;
export type SourceState = z.infer<typeof sourceStateSchema>;
export type SourceHealth = z.infer<typeof sourceHealthSchema>;
export type Source = z.infer<typeof sourceSchema>;
export type SourceList = z.infer<typeof sourceListSchema>;
export type NewSource = z.infer<typeof newSourceSchema>;
export type SourceChange = z.infer<typeof sourceChangeSchema>;
export type SourcePreviewRequest = z.infer<typeof sourcePreviewRequestSchema>;
export type SourcePreview = z.infer<typeof sourcePreviewSchema>;
export type PollRequested = z.infer<typeof pollRequestedSchema>;
export type SourceImport = z.infer<typeof sourceImportSchema>;
