import { MOST_CHANGED } from '@barometer/ingestion';
import { hasHiddenCharacters, HIDDEN_CHARACTERS_RULE, MOST_GROUPS } from '@barometer/kernel';
import * as z from 'zod';
import { count, groupSchema, slugSchema, timeSchema } from './primitives';

export const sourceKindSchema = z
  .enum(['feed', 'newsapi', 'import'])
  .meta({ description: 'import: filled from files by barometer import-articles, and never polled' });

export const sourceHealthSchema = z
  .object({
    status: z.enum(['never', 'ok', 'not-modified', 'failed', 'gone']).meta({ description: 'Outcome of the last poll' }),
    nextPollAt: timeSchema,
    lastPolledAt: timeSchema.optional(),
    lastSuccessAt: timeSchema.optional(),
    httpStatus: z.number().int().optional(),
    message: z.string().optional().meta({ description: 'Why the last poll failed' }),
    notices: z
      .array(z.string())
      .optional()
      .meta({ description: 'A remark although the last document was read: that little of it can be scored, or that a part was left out' }),
    failures: count.meta({ description: 'Failures in a row' }),
    polls: count,
    articles: count.meta({ description: 'Articles that it listed first' }),
    bytesSaved: count.meta({ description: 'Bytes not sent again because the source answered 304' }),
  })
  .meta({ id: 'SourceHealth' });

/** The state of a source in one word. */
export const sourceStateSchema = z.enum(['new', 'ok', 'failing', 'paused', 'gone']);

export const sourceSchema = z
  .object({
    id: z.string(),
    kind: sourceKindSchema,
    url: z.string(),
    name: z.string(),
    homepage: z.string().optional(),
    language: z.string().optional(),
    groups: z.array(z.string()).meta({ description: 'Names of its groups, such as News/World' }),
    intervalMinutes: z.number().int().positive(),
    userAgent: z.string().optional().meta({ description: 'The User-Agent for its host, if it differs from that of all sources' }),
    paused: z.boolean(),
    addedAt: timeSchema,
    state: sourceStateSchema,
    health: sourceHealthSchema,
  })
  .meta({ id: 'Source' });

export const sourceListSchema = z.object({ items: z.array(sourceSchema) }).meta({ id: 'SourceList' });

const url = z.string().trim().min(1, 'must not be empty').max(2048, 'must be at most 2048 characters');
// Empty fields count as missing; the core checks the rest.
const name = z
  .string()
  .trim()
  .max(200, 'must be at most 200 characters')
  .refine((text) => !hasHiddenCharacters(text), HIDDEN_CHARACTERS_RULE);
const homepage = z.string().trim().max(2048, 'must be at most 2048 characters');
const language = z.string().trim().max(35, 'must be a language code such as en');
const groups = z
  .array(groupSchema)
  .max(MOST_GROUPS, `must be at most ${MOST_GROUPS} groups`)
  .meta({ description: 'Its groups; names that differ only in case are the same' });
const intervalMinutes = z.number().int('must be a whole number').min(1).max(1440);
const userAgent = z.string().trim().max(300, 'must be at most 300 characters');
const userAgentOfOne = 'The User-Agent for its host: printable ASCII. For hosts that accept only browsers or programs that they know';

export const newSourceSchema = z
  .strictObject({
    url: url.meta({ examples: ['https://www.theguardian.com/world/rss'] }),
    name: name.optional().meta({ description: "Default: the feed's own title or host" }),
    kind: sourceKindSchema.optional(),
    homepage: homepage.optional(),
    language: language.optional(),
    groups: groups.optional(),
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
    groups: groups.optional(),
    intervalMinutes: intervalMinutes.optional(),
    userAgent: userAgent.optional().meta({ description: `${userAgentOfOne}. Empty: that of all sources again. After a change the source is polled at once` }),
    paused: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'must change at least one field')
  .meta({ id: 'SourceChange' });

const ids = z.array(slugSchema).min(1, 'must name at least one source').max(MOST_CHANGED, `must name at most ${MOST_CHANGED} sources`);

/** A change of many sources. */
export const sourcesChangeSchema = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.enum(['pause', 'resume', 'remove']), ids }),
    z.strictObject({
      action: z.enum(['group', 'move']).meta({ description: 'group: adds them to the group; move: makes it their only group' }),
      ids,
      group: groupSchema,
    }),
    z.strictObject({
      action: z.literal('ungroup').meta({ description: 'Removes them from the group and those below it; without a group, from all' }),
      ids,
      group: groupSchema.optional(),
    }),
  ])
  .meta({ id: 'SourcesChange', description: 'What to do with many sources' });

export const sourcesChangedSchema = z
  .object({
    changed: z.array(z.string()).meta({ description: 'Ids of the sources that are now as requested' }),
    unknown: z.array(z.string()).meta({ description: 'Ids without a source' }),
    refused: z.array(z.object({ id: z.string(), message: z.string() })).meta({ description: 'Sources for which this is not possible' }),
  })
  .meta({ id: 'SourcesChanged', description: 'The result of a change of many sources' });

export const sourceParamsSchema = z.strictObject({ id: slugSchema });

export const sourcePreviewRequestSchema = z
  .strictObject({
    url: url.meta({ description: 'Address of a feed, or of a site that names its feeds' }),
    userAgent: userAgent.optional().meta({ description: 'The User-Agent for its host' }),
  })
  .meta({ id: 'SourcePreviewRequest' });

export const sourcePreviewSchema = z
  .object({
    url: z.string().meta({ description: 'The address of the feed: the requested one, or the first that was found from there' }),
    feeds: z
      .array(z.object({ url: z.string(), title: z.string().optional() }))
      .meta({ description: 'If the address was a web page: the feeds that it names, at most 20, or the one found at a common address' }),
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

/** A poll was requested; it starts in a moment, after this answer. */
export const pollRequestedSchema = z.object({ id: z.string(), accepted: z.literal(true) }).meta({ id: 'PollRequested' });

/** A remark about an entry of an imported list. */
export const sourceImportNoteSchema = z
  .object({
    place: z
      .string()
      .optional()
      .meta({ description: 'Its position in the document', examples: ['line 12'] }),
    name: z.string().optional(),
    url: z.string().meta({ description: 'The address in the document; empty if there is none' }),
    message: z.string(),
  })
  .meta({ id: 'SourceImportNote' });

export const sourceImportSchema = z
  .object({
    added: count,
    alreadyThere: count.meta({ description: 'Feeds that existed already, or occurred earlier in the document' }),
    grouped: count.meta({ description: 'Feeds that existed without a group, and are now in the groups of their folders' }),
    refused: z.array(sourceImportNoteSchema).meta({ description: 'Entries that could not become sources' }),
    leftOut: z
      .array(sourceImportNoteSchema)
      .meta({ description: 'Fields and groups that could not be used as they are, with what became of them; their feeds were added' }),
  })
  .meta({ id: 'SourceImport', description: 'The result of importing an OPML document' });

export type SourceKind = z.infer<typeof sourceKindSchema>;
export type SourceState = z.infer<typeof sourceStateSchema>;
export type SourceHealth = z.infer<typeof sourceHealthSchema>;
export type Source = z.infer<typeof sourceSchema>;
export type SourceList = z.infer<typeof sourceListSchema>;
export type NewSource = z.infer<typeof newSourceSchema>;
export type SourcesChange = z.infer<typeof sourcesChangeSchema>;
export type SourcesChanged = z.infer<typeof sourcesChangedSchema>;
export type SourceChange = z.infer<typeof sourceChangeSchema>;
export type SourcePreviewRequest = z.infer<typeof sourcePreviewRequestSchema>;
export type SourcePreview = z.infer<typeof sourcePreviewSchema>;
export type PollRequested = z.infer<typeof pollRequestedSchema>;
export type SourceImport = z.infer<typeof sourceImportSchema>;
