import { channelFormSchema, conditionSchema, ruleFormSchema } from '@barometer/alerting';
import * as z from 'zod';
import { count, slugSchema, timeSchema } from './primitives';

export const newAlertRuleSchema = ruleFormSchema.meta({ id: 'NewAlertRule', description: 'Missing fields get the defaults of the condition' });
export const newAlertChannelSchema = channelFormSchema.meta({
  id: 'NewAlertChannel',
  description: 'A secret is named, never sent: docs/alerts.md says where it is looked up',
});

export const changedAlertChannelSchema = channelFormSchema.omit({ id: true }).meta({ id: 'ChangedAlertChannel' });

/** The target as stored: an older version accepted more. */
const shownTargetSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('webhook'), url: z.string(), secret: z.string().optional() }),
    z.object({ kind: z.literal('slack'), secret: z.string() }),
    z.object({ kind: z.literal('ntfy'), url: z.string(), secret: z.string().optional() }),
    z.object({ kind: z.literal('email'), secret: z.string(), from: z.string(), to: z.array(z.string()) }),
    z.object({ kind: z.literal('sns'), topicArn: z.string() }),
  ])
  .meta({ id: 'ShownAlertChannelTarget', description: 'Callers with read access see only the scheme and the host of an address' });

const alertScopeSchema = z.object({ topicId: z.string().optional(), sourceId: z.string().optional(), group: z.string().optional() });
const quietHoursSchema = z.object({ from: z.string(), to: z.string(), timeZone: z.string() });
const usualTonesSchema = z.object({ low: z.number(), high: z.number(), mean: z.number() });

export const alertRuleSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    scope: alertScopeSchema,
    condition: conditionSchema,
    windowHours: count,
    holdHours: count,
    leastArticles: count,
    hysteresis: z.number(),
    cooldownHours: count,
    quiet: quietHoursSchema.optional(),
    tellEnd: z.boolean(),
    channelIds: z.array(z.string()),
    enabled: z.boolean(),
    createdAt: timeSchema,
    changedAt: timeSchema,
    evaluatedTo: timeSchema.meta({ description: 'The end of the last evaluated hour' }),
    ringing: z.boolean().meta({ description: 'Whether it has an open episode' }),
    broken: z.string().optional().meta({ description: 'Why it cannot be evaluated' }),
  })
  .meta({ id: 'AlertRule' });

export const alertRuleListSchema = z.object({ items: z.array(alertRuleSchema) }).meta({ id: 'AlertRuleList' });
export const alertParamsSchema = z.strictObject({ id: slugSchema });

export const alertChannelSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    target: shownTargetSchema,
    createdAt: timeSchema,
    disabled: z.string().optional().meta({ description: 'Why nothing is sent there any more; a successful test switches it on again' }),
  })
  .meta({ id: 'AlertChannel' });

export const alertChannelListSchema = z.object({ items: z.array(alertChannelSchema) }).meta({ id: 'AlertChannelList' });

export const alertTestSchema = z
  .object({ sent: z.boolean(), reason: z.string().optional().meta({ description: 'The answer, if it did not arrive' }) })
  .meta({ id: 'AlertTest' });

const LIMIT_WORDS = 'must be a whole number from 1 to 100';
const limit = z.coerce.number(LIMIT_WORDS).int(LIMIT_WORDS).min(1, LIMIT_WORDS).max(100, LIMIT_WORDS).default(30);

export const alertEpisodesQuerySchema = z.strictObject({
  rule: slugSchema.optional().describe('Only episodes of this rule'),
  open: z.enum(['true']).optional().describe('Only open ones; all of them in one answer'),
  after: z.string().max(100).optional().describe('The id of the last one on the previous page'),
  limit,
});

export const alertEpisodeSchema = z
  .object({
    id: z.string(),
    ruleId: z.string(),
    ruleName: z.string(),
    scope: alertScopeSchema,
    scopeName: z.string(),
    kind: z.string(),
    windowHours: count,
    openedAt: timeSchema.meta({ description: 'The end of the hour in which the rule fired' }),
    evaluatedAt: timeSchema
      .optional()
      .meta({ description: 'When that hour was evaluated; absent for episodes stored by an older version, whose openedAt is that time' }),
    closedAt: timeSchema.optional().meta({ description: 'The end of its last hour, or when a reader ended it' }),
    closedReason: z.enum(['over', 'nothing-known', 'rule-changed', 'rule-removed', 'scope-gone']).optional(),
    value: z.number().meta({ description: 'In the unit of the condition: tone, times, publishers, articles, hours' }),
    volume: count.meta({ description: 'Scored articles in the window' }),
    usual: usualTonesSchema.optional(),
    sentence: z.string().meta({ description: 'What happened' }),
    drivers: z.array(z.object({ name: z.string(), effect: z.number() })).meta({ description: 'What moved the mood, the strongest first' }),
    headlines: z.array(z.object({ title: z.string(), url: z.string(), publisher: z.string().optional(), tone: z.number().optional() })),
    view: z.string().meta({ description: 'The query of the page that shows its window and scope' }),
  })
  .meta({ id: 'AlertEpisode' });

export const alertEpisodeListSchema = z.object({ items: z.array(alertEpisodeSchema) }).meta({ id: 'AlertEpisodeList' });

export const alertBacktestSchema = z
  .object({
    from: timeSchema.meta({ description: 'Evaluated from here on: 30 days ago, or as far back as articles were read' }),
    to: timeSchema,
    isComplete: z.boolean().meta({ description: 'False while the evaluation continues: ask again' }),
    judgedHours: count.meta({ description: 'Hours that could be evaluated' }),
    episodes: z
      .array(
        z.object({
          openedAt: timeSchema,
          closedAt: timeSchema.optional(),
          value: z.number(),
          volume: count,
          usual: usualTonesSchema.optional(),
          sentence: z.string(),
          view: z.string(),
        }),
      )
      .meta({ description: 'The latest first' }),
  })
  .meta({ id: 'AlertBacktest' });

export const alertDeliveriesQuerySchema = z.strictObject({ limit });

export const alertDeliverySchema = z
  .object({
    id: z.string(),
    channelId: z.string(),
    told: z.array(z.object({ episodeId: z.string(), event: z.enum(['opened', 'closed']) })),
    editionId: z.string().optional().meta({ description: 'The edition of a digest that it contains; then it is about no episode' }),
    state: z.enum(['waiting', 'sent', 'failed']),
    attempts: count,
    createdAt: timeSchema,
    nextAt: timeSchema.optional().meta({ description: 'The next attempt, while it is pending' }),
    sentAt: timeSchema.optional(),
    reason: z.string().optional().meta({ description: 'Why the last attempt failed' }),
  })
  .meta({ id: 'AlertDelivery' });

export const alertDeliveryListSchema = z.object({ items: z.array(alertDeliverySchema) }).meta({ id: 'AlertDeliveryList' });
export const alertRedriveSchema = z
  .strictObject({ ids: z.array(z.string().max(100)).max(100).optional() })
  .meta({ id: 'AlertRedrive', description: 'Empty means all failed ones' });
export const alertRedrivenSchema = z.object({ waiting: count }).meta({ id: 'AlertRedriven' });

export type AlertRule = z.infer<typeof alertRuleSchema>;
export type NewAlertRule = z.input<typeof newAlertRuleSchema>;
export type AlertChannel = z.infer<typeof alertChannelSchema>;
export type NewAlertChannel = z.input<typeof newAlertChannelSchema>;
export type ChangedAlertChannel = z.input<typeof changedAlertChannelSchema>;
export type AlertTest = z.infer<typeof alertTestSchema>;
export type AlertEpisode = z.infer<typeof alertEpisodeSchema>;
export type AlertBacktest = z.infer<typeof alertBacktestSchema>;
export type AlertDelivery = z.infer<typeof alertDeliverySchema>;
