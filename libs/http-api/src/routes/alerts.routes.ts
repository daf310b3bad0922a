import type { ChannelProblem } from '@barometer/alerting';
import {
  alertBacktestSchema,
  alertChannelListSchema,
  alertChannelSchema,
  alertDeliveriesQuerySchema,
  alertDeliveryListSchema,
  alertEpisodeListSchema,
  alertEpisodesQuerySchema,
  alertParamsSchema,
  alertRedriveSchema,
  alertRedrivenSchema,
  alertRuleListSchema,
  alertRuleSchema,
  alertTestSchema,
  changedAlertChannelSchema,
  newAlertChannelSchema,
  newAlertRuleSchema,
} from '../contract';
import type { RouteGroup } from '../api';
import { isSameContent } from '../conditional';
import { emptied, problems, unchanged } from '../openapi/responses';
import { mayWrite } from '../access/access';
import { ApiProblem, wrongField } from '../problems/api-problem';
import { wireBacktest, wireChannel, wireDelivery, wireEpisode, wireRule } from '../wire/alerts';

const tags = ['Alerts'];

export const alertRuleRoutes: RouteGroup = (app, { alerts, prefix }) => {
  app.get(
    '/alerts/rules',
    {
      schema: { tags, summary: 'All alert rules', response: { 200: alertRuleListSchema, ...unchanged, ...problems() } },
    },
    async (request, reply) => {
      const list = { items: (await alerts.list.rules()).map(wireRule) };
      return isSameContent(request, reply, list) ? reply.code(304).send(undefined) : list;
    },
  );

  app.post(
    '/alerts/rules',
    {
      schema: {
        tags,
        summary: 'Add a rule, which is active from now on',
        body: newAlertRuleSchema,
        response: { 201: alertRuleSchema, ...problems(400, 413, 415) },
      },
    },
    async (request, reply) => {
      const added = await alerts.addRule.execute(request.body);
      if (!added.ok) throw wrongField(added.error.field, added.error.message);
      return reply.code(201).header('location', `${prefix}/alerts/rules`).send(wireRule(added.value));
    },
  );

  app.put(
    '/alerts/rules/:id',
    {
      schema: {
        tags,
        summary: 'Change a rule',
        params: alertParamsSchema,
        body: newAlertRuleSchema,
        response: { 200: alertRuleSchema, ...problems(400, 404, 413, 415) },
        description: 'If it measures something else from now on, or is switched off, its open episodes end.',
      },
    },
    async (request) => {
      const changed = await alerts.changeRule.execute(request.params.id, request.body);
      if (changed.ok) return wireRule(changed.value);
      throw changed.error === 'not-found' ? noSuch('rule', request.params.id) : wrongField(changed.error.field, changed.error.message);
    },
  );

  app.delete(
    '/alerts/rules/:id',
    {
      schema: { tags, summary: 'Remove a rule; its history stays', params: alertParamsSchema, response: { ...emptied, ...problems(400, 404) } },
    },
    async (request, reply) => {
      if (!(await alerts.removeRule.execute(request.params.id))) throw noSuch('rule', request.params.id);
      return reply.code(204).send();
    },
  );

  app.post(
    '/alerts/backtest',
    {
      config: { access: 'read' },
      schema: {
        tags,
        summary: 'When a rule would have fired in the last 30 days',
        body: newAlertRuleSchema,
        response: { 200: alertBacktestSchema, ...problems(400, 413, 415) },
        description:
          'Uses the live evaluation on the stored data. Rules about stories and phrases search the newest 4,000 articles. Answers in a fraction of a second; if usual ranges still have to be learned, the latest days come first.',
      },
    },
    async (request) => wireBacktest(await alerts.backtest.execute(request.body)),
  );
};

export const alertHistoryRoutes: RouteGroup = (app, { alerts }) => {
  app.get(
    '/alerts/episodes',
    {
      schema: {
        tags,
        summary: 'Episodes of rules, the latest first',
        querystring: alertEpisodesQuerySchema,
        response: { 200: alertEpisodeListSchema, ...unchanged, ...problems(400) },
      },
    },
    async (request, reply) => {
      const { rule, open, after, limit } = request.query;
      const found = open
        ? (await alerts.list.open()).filter(({ ruleId }) => rule === undefined || ruleId === rule)
        : await alerts.list.episodes({ ruleId: rule, limit, after });
      const list = { items: found.map(wireEpisode) };
      return isSameContent(request, reply, list) ? reply.code(304).send(undefined) : list;
    },
  );

  app.get(
    '/alerts/deliveries',
    {
      schema: {
        tags,
        summary: 'Notices that are pending, were sent, or failed, the latest first',
        querystring: alertDeliveriesQuerySchema,
        response: { 200: alertDeliveryListSchema, ...problems(400) },
      },
    },
    async (request) => ({ items: (await alerts.list.deliveries(request.query.limit)).map(wireDelivery) }),
  );

  app.post(
    '/alerts/deliveries/redrive',
    {
      schema: {
        tags,
        summary: 'Send failed notices again',
        body: alertRedriveSchema,
        response: { 200: alertRedrivenSchema, ...problems(400, 413, 415) },
      },
    },
    async (request) => ({ waiting: await alerts.redrive.execute(request.body.ids) }),
  );
};

export const alertChannelRoutes: RouteGroup = (app, { alerts, prefix }) => {
  app.get(
    '/alerts/channels',
    {
      schema: {
        tags,
        summary: 'Channels for notices',
        description: 'Callers with read access see only the scheme and the host of an address: the rest of it often allows anyone to post there.',
        response: { 200: alertChannelListSchema, ...unchanged, ...problems() },
      },
    },
    async (request, reply) => {
      const list = { items: (await alerts.list.channels()).map((channel) => wireChannel(channel, mayWrite(request.caller))) };
      return isSameContent(request, reply, list) ? reply.code(304).send(undefined) : list;
    },
  );

  app.post(
    '/alerts/channels',
    {
      schema: {
        tags,
        summary: 'Add a channel',
        body: newAlertChannelSchema,
        response: { 201: alertChannelSchema, ...problems(400, 409, 413, 415) },
      },
    },
    async (request, reply) => {
      const added = await alerts.addChannel.execute(request.body);
      if (!added.ok) throw refusedChannel(added.error);
      return reply.code(201).header('location', `${prefix}/alerts/channels`).send(wireChannel(added.value, true));
    },
  );

  app.put(
    '/alerts/channels/:id',
    {
      schema: {
        tags,
        summary: 'Change a channel; if it was off, it is switched on again',
        params: alertParamsSchema,
        body: changedAlertChannelSchema,
        response: { 200: alertChannelSchema, ...problems(400, 404, 413, 415) },
      },
    },
    async (request) => {
      const changed = await alerts.addChannel.execute({ ...request.body, id: request.params.id }, { replace: true });
      if (!changed.ok) throw refusedChannel(changed.error);
      return wireChannel(changed.value, true);
    },
  );

  app.delete(
    '/alerts/channels/:id',
    {
      schema: { tags, summary: 'Remove a channel that no rule uses', params: alertParamsSchema, response: { ...emptied, ...problems(400, 404, 409) } },
    },
    async (request, reply) => {
      const removed = await alerts.removeChannel.execute(request.params.id);
      if (!removed.ok) throw new ApiProblem(removed.error.code === 'used' ? 'conflict' : 'not-found', removed.error.message);
      return reply.code(204).send();
    },
  );

  app.post(
    '/alerts/channels/:id/test',
    {
      schema: { tags, summary: 'Send a test, and return the answer', params: alertParamsSchema, response: { 200: alertTestSchema, ...problems(400, 404) } },
    },
    async (request) => {
      const tested = await alerts.testChannel.execute(request.params.id);
      if (!tested.ok) throw noSuch('channel', request.params.id);
      return tested.value.kind === 'sent' ? { sent: true } : { sent: false, reason: tested.value.reason };
    },
  );
};

const refusedChannel = ({ code, field, message }: ChannelProblem) =>
  code === 'taken'
    ? new ApiProblem('conflict', `${message} PUT changes it.`)
    : code === 'not-found'
      ? new ApiProblem('not-found', message)
      : wrongField(field, message);
const noSuch = (what: string, id: string) => new ApiProblem('not-found', `There is no alert ${what} ${id}.`);
