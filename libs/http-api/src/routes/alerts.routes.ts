import {
  alertBacktestSchema, alertChannelListSchema, alertChannelSchema, alertDeliveriesQuerySchema, alertDeliveryListSchema, alertEpisodeListSchema, alertEpisodesQuerySchema, alertParamsSchema,
  alertRedriveSchema, alertRedrivenSchema, alertRuleListSchema, alertRuleSchema, alertTestSchema, newAlertChannelSchema, newAlertRuleSchema,
} from '../contract';
import type { RouteGroup } from '../api';
import { isSameContent } from '../conditional';
import { emptied, problems, unchanged } from '../openapi/responses';
import { ApiProblem, wrongField } from '../problems/api-problem';
import { wireBacktest, wireChannel, wireDelivery, wireEpisode, wireRule } from '../wire/alerts';

const tags = ['Alerts'];

export const alertRuleRoutes: RouteGroup = (app, { alerts, prefix }) => {
  app.get('/alerts/rules', {
    schema: { tags, summary: 'All alert rules', response: { 200: alertRuleListSchema, ...unchanged, ...problems() } },
  }, async (request, reply) => {
    const list = { items: (await alerts.list.rules()).map(wireRule) };
    return isSameContent(request, reply, list) ? reply.code(304).send(undefined) : list;
  });

  app.post('/alerts/rules', {
    schema: { tags, summary: 'Add a rule, which listens from now on', body: newAlertRuleSchema, response: { 201: alertRuleSchema, ...problems(400, 413, 415) } },
  }, async (request, reply) => {
    const added = await alerts.addRule.execute(request.body);
    if (!added.ok) throw wrongField(added.error.field, added.error.message);
    return reply.code(201).header('location', `${prefix}/alerts/rules`).send(wireRule(added.value));
  });

  app.put('/alerts/rules/:id', {
    schema: {
      tags, summary: 'Change a rule', params: alertParamsSchema, body: newAlertRuleSchema, response: { 200: alertRuleSchema, ...problems(400, 404, 413, 415) },
      description: 'Where it measures something else from now on, or is switched off, its open episodes end.',
    },
  }, async (request) => {
    const changed = await alerts.changeRule.execute(request.params.id, request.body);
    if (changed.ok) return wireRule(changed.value);
    throw changed.error === 'not-found' ? noSuch('rule', request.params.id) : wrongField(changed.error.field, changed.error.message);
  });

  app.delete('/alerts/rules/:id', {
    schema: { tags, summary: 'Remove a rule; its history stays', params: alertParamsSchema, response: { ...emptied, ...problems(400, 404) } },
  }, async (request, reply) => {
    if (!(await alerts.removeRule.execute(request.params.id))) throw noSuch('rule', request.params.id);
    return reply.code(204).send();
  });

  app.post('/alerts/backtest', {
    config: { access: 'read' },
    schema: {
      tags, summary: 'When a rule would have rung in the last 30 days', body: newAlertRuleSchema, response: { 200: alertBacktestSchema, ...problems(400, 413, 415) },
      description: 'By the evaluation that runs live, over what is stored now. Rules about stories and phrases look through the newest 4,000 articles. Answers in a fraction of a second; where what is usual has still to be learned, the latest days come first.',
    },
  }, async (request) => wireBacktest(await alerts.backtest.execute(request.body)));
};

export const alertHistoryRoutes: RouteGroup = (app, { alerts }) => {
  app.get('/alerts/episodes', {
    schema: { tags, summary: 'What rang, the latest first', querystring: alertEpisodesQuerySchema, response: { 200: alertEpisodeListSchema, ...unchanged, ...problems(400) } },
  }, async (request, reply) => {
    const { rule, open, after, limit } = request.query;
    const found = open ? (await alerts.list.open()).filter(({ ruleId }) => rule === undefined || ruleId === rule) : await alerts.list.episodes({ ruleId: rule, limit, after });
    const list = { items: found.map(wireEpisode) };
    return isSameContent(request, reply, list) ? reply.code(304).send(undefined) : list;
  });

  app.get('/alerts/deliveries', {
    schema: { tags, summary: 'Notices that wait, were sent, or failed, the latest first', querystring: alertDeliveriesQuerySchema, response: { 200: alertDeliveryListSchema, ...problems(400) } },
  }, async (request) => ({ items: (await alerts.list.deliveries(request.query.limit)).map(wireDelivery) }));

  app.post('/alerts/deliveries/redrive', {
    schema: { tags, summary: 'Give failed notices another chance', body: alertRedriveSchema, response: { 200: alertRedrivenSchema, ...problems(400, 413, 415) } },
  }, async (request) => ({ waiting: await alerts.redrive.execute(request.body.ids) }));
};

export const alertChannelRoutes: RouteGroup = (app, { alerts, prefix }) => {
  app.get('/alerts/channels', {
    schema: { tags, summary: 'Where notices go', response: { 200: alertChannelListSchema, ...unchanged, ...problems() } },
  }, async (request, reply) => {
    const list = { items: (await alerts.list.channels()).map(wireChannel) };
    return isSameContent(request, reply, list) ? reply.code(304).send(undefined) : list;
  });

  app.post('/alerts/channels', {
    schema: {
      tags, summary: 'Add a channel, or put it in the place of the one with its id', body: newAlertChannelSchema, response: { 201: alertChannelSchema, ...problems(400, 413, 415) },
    },
  }, async (request, reply) => {
    const added = await alerts.addChannel.execute(request.body);
    if (!added.ok) throw wrongField(added.error.field, added.error.message);
    return reply.code(201).header('location', `${prefix}/alerts/channels`).send(wireChannel(added.value));
  });

  app.delete('/alerts/channels/:id', {
    schema: { tags, summary: 'Remove a channel that no rule uses', params: alertParamsSchema, response: { ...emptied, ...problems(400, 404, 409) } },
  }, async (request, reply) => {
    const removed = await alerts.removeChannel.execute(request.params.id);
    if (!removed.ok) throw new ApiProblem(removed.error.code === 'used' ? 'conflict' : 'not-found', removed.error.message);
    return reply.code(204).send();
  });

  app.post('/alerts/channels/:id/test', {
    schema: { tags, summary: 'Send a test, and say what came back', params: alertParamsSchema, response: { 200: alertTestSchema, ...problems(400, 404) } },
  }, async (request) => {
    const tested = await alerts.testChannel.execute(request.params.id);
    if (!tested.ok) throw noSuch('channel', request.params.id);
    return tested.value.kind === 'sent' ? { sent: true } : { sent: false, reason: tested.value.reason };
  });
};

const noSuch = (what: string, id: string) => new ApiProblem('not-found', `There is no alert ${what} ${id}.`);
