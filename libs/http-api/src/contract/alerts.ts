import { channelFormSchema, channelTargetSchema, conditionSchema, ruleFormSchema } from '@barometer/alerting';
import * as z from 'zod';
import { count, slugSchema, timeSchema } from './primitives';

export const newAlertRuleSchema = ruleFormSchema.meta({ id: 'NewAlertRule', description: 'What is left out becomes what suits the condition' });
export const newAlertChannelSchema = channelFormSchema.meta({ id: 'NewAlertChannel', description: 'A secret is named, never sent: docs/alerts.md says where it is looked up' });

const alertScopeSchema = z.object({ topicId: z.string().optional(), sourceId: z.string().optional() });
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
    evaluatedTo: timeSchema.meta({ description: 'The end of the last hour that was looked at' }),
    ringing: z.boolean().meta({ description: 'Whether an episode of it goes on' }),
    broken: z.string().optional().meta({ description: 'Why it cannot be evaluated' }),
  })
  .meta({ id: 'AlertRule' });

export const alertRuleListSchema = z.object({ items: z.array(alertRuleSchema) }).meta({ id: 'AlertRuleList' });
export const alertParamsSchema = z.strictObject({ id: slugSchema });

export const alertChannelSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    target: channelTargetSchema,
    createdAt: timeSchema,
    disabled: z.string().optional().meta({ description: 'Why nothing is sent there any more; a test that arrives switches it on again' }),
  })
  .meta({ id: 'AlertChannel' });

export const alertChannelListSchema = z.object({ items: z.array(alertChannelSchema) }).meta({ id: 'AlertChannelList' });

export const alertTestSchema = z
  .object({ sent: z.boolean(), reason: z.string().optional().meta({ description: 'What came back, where it did not arrive' }) })
  .meta({ id: 'AlertTest' });

const LIMIT_WORDS = 'must be a whole number from 1 to 100';
const limit = z.coerce.number(LIMIT_WORDS).int(LIMIT_WORDS).min(1, LIMIT_WORDS).max(100, LIMIT_WORDS).default(30);

export const alertEpisodesQuerySchema = z.strictObject({
  rule: slugSchema.optional().describe('Only episodes of this rule'),
  open: z.enum(['true']).optional().describe('Only those that go on; all of them in one answer'),
  after: z.string().max(100).optional().describe('The id of the last one of the page before'),
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
    openedAt: timeSchema,
    closedAt: timeSchema.optional(),
    closedReason: z.enum(['over', 'nothing-known', 'rule-changed', 'rule-removed', 'scope-gone']).optional(),
    value: z.number().meta({ description: 'In the unit of the condition: tone, times, publishers, articles, hours' }),
    volume: count.meta({ description: 'Scored articles of the window' }),
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
    from: timeSchema.meta({ description: 'Looked at from here on: 30 days ago, or as far as articles were read' }),
    to: timeSchema,
    isComplete: z.boolean().meta({ description: 'False while more is being looked at: ask again' }),
    judgedHours: count.meta({ description: 'Hours of which something could be said' }),
    episodes: z.array(z.object({ openedAt: timeSchema, closedAt: timeSchema.optional(), value: z.number(), volume: count, usual: usualTonesSchema.optional(), sentence: z.string(), view: z.string() })).meta({ description: 'The latest first' }),
  })
  .meta({ id: 'AlertBacktest' });

export const alertDeliveriesQuerySchema = z.strictObject({ limit });

export const alertDeliverySchema = z
  .object({
    id: z.string(),
    channelId: z.string(),
    told: z.array(z.object({ episodeId: z.string(), event: z.enum(['opened', 'closed']) })),
    state: z.enum(['waiting', 'sent', 'failed']),
    attempts: count,
    createdAt: timeSchema,
    nextAt: timeSchema.optional().meta({ description: 'When it is tried next, while it waits' }),
    sentAt: timeSchema.optional(),
    reason: z.string().optional().meta({ description: 'Why the last attempt failed' }),
  })
  .meta({ id: 'AlertDelivery' });

export const alertDeliveryListSchema = z.object({ items: z.array(alertDeliverySchema) }).meta({ id: 'AlertDeliveryList' });
export const alertRedriveSchema = z.strictObject({ ids: z.array(z.string().max(100)).max(100).optional() }).meta({ id: 'AlertRedrive', description: 'None means all that failed' });
export const alertRedrivenSchema = z.object({ waiting: count }).meta({ id: 'AlertRedriven' });

export type AlertRule = z.infer<typeof alertRuleSchema>;
export type NewAlertRule = z.input<typeof newAlertRuleSchema>;
export type AlertChannel = z.infer<typeof alertChannelSchema>;
export type NewAlertChannel = z.input<typeof newAlertChannelSchema>;
export type AlertTest = z.infer<typeof alertTestSchema>;
export type AlertEpisode = z.infer<typeof alertEpisodeSchema>;
export type AlertBacktest = z.infer<typeof alertBacktestSchema>;
export type AlertDelivery = z.infer<typeof alertDeliverySchema>;
