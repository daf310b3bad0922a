import type { Session } from '@barometer/access';
import type { RouteGroup } from '../api';
import { endedSessionsSchema, sessionParamsSchema, sessionsSchema, type SessionEntry } from '../contract';
import { emptied, problems } from '../openapi/responses';
import { ApiProblem } from '../problems/api-problem';
import { isoTime } from '../wire/time';

const tags = ['Access'];
const forAdmins = { access: 'admin' } as const;

/** Who is signed in, for administrators; keys are managed by the operator ("barometer keys"). */
export const sessionsRoutes: RouteGroup = (app, { signIn }) => {
  app.get(
    '/sessions',
    {
      config: forAdmins,
      schema: { tags, summary: 'Who is signed in', response: { 200: sessionsSchema, ...problems() } },
    },
    async (request, reply) => {
      const sessions = (await signIn?.list.execute()) ?? [];
      return reply.header('cache-control', 'no-store').send({ items: sessions.map((session) => wireSession(session, request.caller?.sessionId)) });
    },
  );

  app.delete(
    '/sessions',
    {
      config: forAdmins,
      schema: { tags, summary: "End all sessions, including the caller's", response: { 200: endedSessionsSchema, ...problems() } },
    },
    async (_request, reply) => reply.header('cache-control', 'no-store').send({ ended: (await signIn?.end.all()) ?? 0 }),
  );

  app.delete(
    '/sessions/:id',
    {
      config: forAdmins,
      schema: { tags, summary: 'End a session', params: sessionParamsSchema, response: { ...emptied, ...problems(400, 404) } },
    },
    async (request, reply) => {
      if (!(await signIn?.end.one(request.params.id))) throw new ApiProblem('not-found', `There is no session ${request.params.id}.`);
      return reply.code(204).send();
    },
  );
};

function wireSession({ id, name, email, role, createdAt, seenAt, expiresAt }: Session, own: string | undefined): SessionEntry {
  return {
    id,
    name,
    ...(email !== undefined && { email }),
    role,
    current: id === own,
    createdAt: isoTime(createdAt),
    seenAt: isoTime(seenAt),
    expiresAt: isoTime(expiresAt),
  };
}
