import * as z from 'zod';

/** The problem with one field: `field` is a path into the request, such as `limit` or `texts[3]`. */
export const fieldErrorSchema = z.object({ field: z.string(), message: z.string() }).meta({ id: 'FieldError' });

/** An error in the form of RFC 9457, sent as application/problem+json. */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'Names the kind of problem; a link into the docs page' }),
    title: z.string().meta({ description: 'The kind of problem, in words' }),
    status: z.number().int().min(400).max(599),
    detail: z.string().optional().meta({ description: 'What went wrong this time' }),
    instance: z.string().meta({ description: 'The requested path' }),
    errors: z.array(fieldErrorSchema).optional().meta({ description: 'One entry per wrong field' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document' });

export type FieldError = z.infer<typeof fieldErrorSchema>;
export type Problem = z.infer<typeof problemSchema>;
