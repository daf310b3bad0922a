import * as z from 'zod';

/** The name of an environment, as infra/src/settings.ts has it: a part of what everything is called, and a dimension of every metric. */
export const environmentName = z.string().regex(/^[a-z][a-z0-9]{0,11}$/, { error: 'must be the name of an environment, such as dev: up to twelve small letters and digits, the first a letter' });
