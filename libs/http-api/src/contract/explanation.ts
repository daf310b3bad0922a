import { sentimentSchema } from '@barometer/events';
import * as z from 'zod';
import { count } from './primitives';

export const pullingWordSchema = z
  .object({
    word: z.string(),
    start: count.meta({ description: 'Where it begins in `text`, in UTF-16 code units' }),
    end: count.meta({ description: 'The place behind its last character' }),
    pull: z.number().min(-2).max(2).meta({ description: 'The tone of the text less its tone without the word: above 0 the word brightens it' }),
  })
  .meta({ id: 'PullingWord' });

/** What the words of a text did to its score. */
export const explanationFields = {
  text: z.string().meta({ description: 'The text that was scored' }),
  sentiment: sentimentSchema,
  words: z.array(pullingWordSchema).meta({ description: 'In the order of the text, the first 64; empty where there are fewer than two words, since there is no text without the only one. Pulls do not add up to the tone: words act together' }),
  truncated: z.boolean().meta({ description: 'True: the text goes on behind the words that were looked at' }),
};

export const explanationSchema = z.object(explanationFields).meta({ id: 'Explanation' });

export type PullingWord = z.infer<typeof pullingWordSchema>;
export type Explanation = z.infer<typeof explanationSchema>;
