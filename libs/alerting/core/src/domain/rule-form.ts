import { err, ok, wordsOf, type Result } from '@barometer/kernel';
import * as z from 'zod';
import { digestFormSchema } from './digest-form';
import type { Condition } from './rule';
import { channelIdsSchema, idSchema, nameSchema, scopeSchema, timeOfDaySchema, timeZoneSchema } from './form-fields';

const tone = z.number().min(-1, 'must be at least -1').max(1, 'must be at most 1');
const wholeHours = (least: number, most: number) => z.int().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`);
const secretName = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be the name of a secret: lower-case letters, digits and underscores');

export const conditionSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('unusual'),
      direction: z.enum(['darker', 'calmer', 'either']).default('either'),
      beyond: z.number().min(0, 'must be at least 0').max(1, 'must be at most 1').default(0).meta({ description: 'Tone outside of the usual range' }),
    }),
    z.strictObject({ kind: z.literal('tone'), side: z.enum(['under', 'over']), tone }),
    z.strictObject({
      kind: z.literal('volume'),
      times: z.number().min(1.1, 'must be at least 1.1').max(100).meta({ description: 'So many times as many articles as usual' }),
    }),
    z.strictObject({ kind: z.literal('story'), publishers: z.int().min(2, 'must be at least 2').max(100) }),
    z.strictObject({
      kind: z.literal('phrase'),
      phrase: z
        .string()
        .trim()
        .max(100)
        .refine((phrase) => wordsOf(phrase).trim() !== '', 'must hold a word'),
    }),
    z.strictObject({ kind: z.literal('silence') }),
  ])
  .meta({ id: 'AlertCondition' });

/** Default least articles and hysteresis for each kind of condition; shown in docs/alerts.md. */
const leastFor: Readonly<Record<string, number>> = { unusual: 20, tone: 20, volume: 10, story: 0, phrase: 1, silence: 0 };
const hysteresisFor: Readonly<Record<string, number>> = { unusual: 0.02, tone: 0.02, volume: 0.25, story: 0, phrase: 0, silence: 0 };
const windowFor: Readonly<Record<string, number>> = { unusual: 24, tone: 24, volume: 6, story: 12, phrase: 6, silence: 6 };

/** The largest hysteresis, in the unit of the condition; with more, no episode could ever end. */
function mostHysteresis(condition: Condition, leastArticles: number): number {
  switch (condition.kind) {
    case 'tone':
      return condition.side === 'under' ? 1 - condition.tone : condition.tone + 1;
    case 'unusual':
      return 1;
    case 'volume':
      return condition.times;
    case 'story':
      return condition.publishers;
    case 'phrase':
      return Math.max(1, leastArticles);
    case 'silence':
      return 1;
  }
}

/** A rule as a user writes it; what is left out gets the default of its condition. */
export const ruleFormSchema = z
  .strictObject({
    name: nameSchema,
    scope: scopeSchema,
    condition: conditionSchema,
    windowHours: wholeHours(1, 48).optional().meta({ description: 'Hours that each measurement looks back over' }),
    holdHours: wholeHours(1, 24).default(1).meta({ description: 'Hours in a row that it must hold before it rings, and be over before it ends' }),
    leastArticles: z.int().min(0).max(100_000).optional(),
    hysteresis: z
      .number()
      .min(0, 'must be at least 0')
      .optional()
      .meta({ description: 'How far it must fall back behind its threshold to be over, in the unit of the condition' }),
    cooldownHours: wholeHours(0, 720).default(12),
    quiet: z
      .strictObject({ from: timeOfDaySchema, to: timeOfDaySchema, timeZone: timeZoneSchema })
      .refine(({ from, to }) => from !== to, { path: ['to'], error: 'must differ from the beginning' })
      .optional(),
    tellEnd: z.boolean().default(false).meta({ description: 'Whether the end of an episode is told as well' }),
    channelIds: channelIdsSchema.default([]),
    enabled: z.boolean().default(true),
  })
  .check(({ value: { condition, hysteresis, leastArticles = leastFor[condition.kind] ?? 0 }, issues }) => {
    const most = mostHysteresis(condition, leastArticles);
    if (hysteresis !== undefined && hysteresis > most)
      issues.push({ code: 'custom', path: ['hysteresis'], input: hysteresis, message: `must be at most ${Number(most.toFixed(3))}: it could never be over` });
  })
  .transform((form) => ({
    ...form,
    windowHours: form.windowHours ?? windowFor[form.condition.kind] ?? 24,
    leastArticles: form.leastArticles ?? leastFor[form.condition.kind] ?? 0,
    hysteresis: form.hysteresis ?? hysteresisFor[form.condition.kind] ?? 0,
  }));

const url = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .max(2_000)
  .refine(hasNoPassword, 'must hold no user name or password: put them in the secret');
const ntfyUrl = url.refine(
  (address) => (URL.parse(address)?.pathname ?? '').split('/').some((part) => part !== ''),
  'must name a topic, such as https://ntfy.sh/my-topic',
);

function hasNoPassword(address: string): boolean {
  const { username, password } = URL.parse(address) ?? { username: '', password: '' };
  return username === '' && password === '';
}

const address = z
  .string()
  .trim()
  .regex(/^[^\s@<>,;"]+@[^\s@<>,;"]+$/, 'must be an e-mail address')
  .max(320);

export const channelTargetSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('webhook'), url, secret: secretName.optional() }),
    z.strictObject({ kind: z.literal('slack'), secret: secretName }),
    z.strictObject({ kind: z.literal('ntfy'), url: ntfyUrl, secret: secretName.optional() }),
    z.strictObject({ kind: z.literal('email'), secret: secretName, from: address, to: z.array(address).min(1, 'must hold at least one address').max(20) }),
    z.strictObject({ kind: z.literal('sns'), topicArn: z.string().regex(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]{1,256}$/, 'must be the ARN of an SNS topic') }),
  ])
  .meta({ id: 'AlertChannelTarget' });

export const channelFormSchema = z.strictObject({ id: idSchema.optional(), name: nameSchema, target: channelTargetSchema });

export type ChannelForm = z.infer<typeof channelFormSchema>;

const seedsSchema = z.strictObject({
  channels: z.array(channelFormSchema.extend({ id: idSchema })).default([]),
  rules: z.array(ruleFormSchema).default([]),
  digests: z.array(digestFormSchema).default([]),
});

/** The channels, rules and digests that a new store begins with. */
export type AlertSeeds = z.infer<typeof seedsSchema>;

/** Reads the list of first channels, rules and digests; the message names the first invalid entry. */
export function parseAlertSeeds(value: unknown): Result<AlertSeeds, { readonly message: string }> {
  const parsed = seedsSchema.safeParse(value ?? {});
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return err({ message: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'cannot be used'}` });
}
