import { sentimentSchema } from '@barometer/events';
import * as z from 'zod';
import { count } from './primitives';

export const pullingWordSchema = z
  .object({
    word: z.string(),
    start: count.meta({ description: 'Where it begins in `text`, in UTF-16 code units' }),
    end: count.meta({ description: 'The position after its last character' }),
    pull: z.number().min(-2).max(2).meta({ description: 'The tone of the text minus its tone without the word: above 0 the word makes it more positive' }),
  })
  .meta({ id: 'PullingWord' });

/** How the words of a text affected its score. */
export const explanationFields = {
  text: z.string().meta({ description: 'The text that was scored' }),
  sentiment: sentimentSchema,
  words: z.array(pullingWordSchema).meta({
    description:
      'In the order of the text, the first 64; empty for a text of a single word, which leaves no text without it. The values do not add up to the tone, since words act together',
  }),
  truncated: z.boolean().meta({
    description:
      'True: the text continues after the examined words, at most 64 and 1,000 characters. Their values are those in this beginning; the sentiment is that of the whole text',
  }),
};

export const explanationSchema = z.object(explanationFields).meta({ id: 'Explanation' });

export type PullingWord = z.infer<typeof pullingWordSchema>;
export type Explanation = z.infer<typeof explanationSchema>;
