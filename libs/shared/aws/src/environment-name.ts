import * as z from 'zod';

/** The name of an environment, by the same rule as infra/src/settings.ts: it is part of every resource's name, and a dimension of every metric. */
export const environmentName = z
  .string()
  .regex(/^[a-z][a-z0-9]{0,11}$/, { error: 'must be the name of an environment, such as dev: up to twelve small letters and digits, the first a letter' });
