import * as z from 'zod';
import { count, periodFields, periodSchema, scopeAnswer, scopeFields, slugSchema, timeParameter, timeSchema } from './primitives';

export const marksQuerySchema = z.strictObject({ ...scopeFields, ...periodFields });

export const markKindSchema = z
  .enum(['note', 'source-added', 'source-failing', 'model'])
  .meta({ description: 'note: written by a reader; the others are automatic' });

export const markSchema = z
  .object({
    kind: markKindSchema,
    at: timeSchema.meta({ description: 'Its time, or its beginning' }),
    until: timeSchema.optional().meta({ description: 'Its end; a source-failing mark without one continues' }),
    text: z.string(),
    id: z.string().optional().meta({ description: 'The id of a note, for removing it' }),
    topic: z.string().optional(),
    source: z.string().optional(),
    count: count.optional().meta({ description: 'The number of sources in it: those of one hour are one mark' }),
  })
  .meta({ id: 'Mark', description: 'An explanation on the timeline' });

export const marksSchema = z
  .object({
    period: periodSchema,
    ...scopeAnswer,
    items: z.array(markSchema).meta({ description: 'Oldest first, 100 at most' }),
    left: count.meta({ description: 'How many more there are' }),
  })
  .meta({ id: 'Marks' });

export const newMarkSchema = z
  .strictObject({
    text: z
      .string()
      .max(2_000, 'must be at most 2000 characters')
      .meta({ description: 'At most 280 characters after normalising spaces', examples: ['Parliament voted'] }),
    at: timeParameter.optional().describe('The time that it is about, within the last 90 days; by default now'),
    topic: slugSchema.optional().describe('Shown on the timeline of this topic, and on those without a topic'),
    source: slugSchema.optional().describe('The same for a source'),
  })
  .meta({ id: 'NewMark', description: 'A note on the timeline' });

export const markParamsSchema = z.strictObject({
  id: z.string().regex(/^\d{13}-[0-9a-f]{8}$/, 'must be the id of a note, as "marks list" and GET /marks show it'),
});

export type Mark = z.infer<typeof markSchema>;
export type MarkKind = z.infer<typeof markKindSchema>;
export type Marks = z.infer<typeof marksSchema>;
export type NewMark = z.infer<typeof newMarkSchema>;
