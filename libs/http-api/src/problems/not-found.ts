import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireCaller } from '../access/access';
import { ApiProblem } from './api-problem';
import { pathOf } from './error-handler';

/** Collects every route, so that a known address with a wrong method is answered with 405 and the allowed methods. */
export class RouteTable {
  private readonly routes: { readonly methods: readonly string[]; readonly path: RegExp }[] = [];

  constructor(app: FastifyInstance) {
    app.addHook('onRoute', ({ method, url }) => {
      // The wildcard route is the page's and says nothing about the API.
      if (url.includes('*')) return;
      const pattern = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z]+/g, '[^/]+');
      this.routes.push({ methods: [method].flat(), path: new RegExp(`^${pattern}$`) });
    });
  }

  /** The methods allowed at this path. */
  methodsAt(path: string): string[] {
    return [...new Set(this.routes.filter((route) => route.path.test(path)).flatMap(({ methods }) => methods))];
  }
}

/** The answer where no route matches: the page for its own addresses, else a problem document. */
export function notFoundHandler(table: RouteTable, page: ((reply: FastifyReply) => unknown) | undefined) {
  return (request: FastifyRequest, reply: FastifyReply) => {
    const path = pathOf(request);
    const sendPage = belongsToPage(request.method, path) ? page : undefined;
    if (!sendPage) requireCaller(request);
    const allowed = table.methodsAt(path);
    if (allowed.length > 0 && !allowed.includes(request.method)) {
      const detail = `${path} takes ${allowed.join(', ')}, not ${request.method}.`;
      throw new ApiProblem('method-not-allowed', detail, { headers: { allow: allowed.join(', ') } });
    }
    if (sendPage) return sendPage(reply);
    throw new ApiProblem('not-found', 'Nothing is served at this address.');
  };
}

/** Whether it is an address of the page's views: a GET, not under /api, and not a missing file. */
function belongsToPage(method: string, path: string): boolean {
  return (method === 'GET' || method === 'HEAD') && !/^\/api(\/|$)/.test(path) && !/\.[^/]*$/.test(path);
}
