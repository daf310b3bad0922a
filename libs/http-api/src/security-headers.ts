import fastifyCors from '@fastify/cors';
import fastifyHelmet from '@fastify/helmet';
import type { Api } from './api';
import type { ApiConfig } from './dependencies';

const self = ["'self'"];
const none = ["'none'"];

/** What browsers may do with answers: no external content, nothing inline, no frames, no reading by other origins. */
export async function addSecurityHeaders(app: Api, config: ApiConfig): Promise<void> {
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: self,
        scriptSrc: self,
        styleSrc: self,
        connectSrc: self,
        fontSrc: self,
        manifestSrc: self,
        imgSrc: [...self, 'data:'],
        objectSrc: none,
        baseUri: none,
        frameAncestors: none,
        formAction: self,
      },
    },
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginResourcePolicy: { policy: config.allowedOrigins.length > 0 ? 'cross-origin' : 'same-origin' },
    // Useless with plain http on loopback; behind https it applies to the address of the proxy or the Function URL.
    strictTransportSecurity: config.loopback ? false : { maxAge: 15_552_000, includeSubDomains: false },
  });
  if (config.allowedOrigins.length > 0) {
    await app.register(fastifyCors, {
      origin: [...config.allowedOrigins],
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      exposedHeaders: ['etag', 'retry-after', 'location'],
      credentials: false,
    });
  }
}
