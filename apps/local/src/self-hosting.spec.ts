import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { readSettings } from './config';

const docs = join(__dirname, '..', '..', '..', 'docs');
const read = (name: string) => readFileSync(join(docs, name), 'utf8');
const examples = ['Caddyfile', 'nginx.conf', 'traefik.yaml', 'barometer.service'];

describe('the examples of self-hosting.md', () => {
  it.each(examples)('%s is linked, and its settings exist', (name) => {
    expect(read('self-hosting.md')).toContain(`self-hosting/${name}`);
    const words = Object.fromEntries([...read(`self-hosting/${name}`).matchAll(/\b([A-Z][A-Z_]+)=(\S+)/g)].map(([, setting, value]) => [setting, value]));
    expect(readSettings(words, '/r')).toMatchObject({ basePath: '/barometer', trustProxy: ['127.0.0.1'], needsKeys: true });
  });

  it('lead to files that exist', () => {
    const links = [...read('self-hosting.md').matchAll(/\]\(([^)#]+)/g)].map(([, link]) => link ?? '');
    expect(links.filter((link) => !existsSync(join(docs, dirname('self-hosting.md'), link)))).toEqual([]);
    expect(links.length).toBeGreaterThan(5);
  });

  it('run the image with least privilege: one volume, no rights, a limit, a health check', () => {
    const { services, volumes } = parse(readFileSync(join(docs, '..', 'compose.yaml'), 'utf8')) as {
      services: Record<string, Record<string, unknown>>;
      volumes: object;
    };
    expect(services['barometer']).toMatchObject({
      restart: 'unless-stopped',
      read_only: true,
      tmpfs: ['/tmp'],
      cap_drop: ['ALL'],
      mem_limit: '1g',
      volumes: ['data:/data'],
      ports: ['127.0.0.1:4600:4600'],
      healthcheck: { test: ['CMD', 'node', '/opt/barometer/health.mjs'] },
    });
    expect(volumes).toEqual({ data: {} });
    const settings = Object.keys(services['barometer']?.['environment'] ?? {});
    expect(() => readSettings(Object.fromEntries(settings.map((name) => [name, ''])), '/r')).not.toThrow();
    expect(settings).toEqual(['BASE_PATH', 'TRUST_PROXY']);
  });

  it('name a router and a service that fit together for Traefik', () => {
    const { http } = parse(read('self-hosting/traefik.yaml')) as {
      http: {
        routers: Record<string, { rule: string; service: string }>;
        services: Record<string, { loadBalancer: { servers: { url: string }[]; healthCheck: { path: string } } }>;
      };
    };
    const [router] = Object.values(http.routers);
    expect(http.services[router?.service ?? '']?.loadBalancer).toMatchObject({
      servers: [{ url: 'http://127.0.0.1:4600' }],
      healthCheck: { path: '/healthz' },
    });
    expect(router?.rule).toBe('Host(`news.example.org`) && (Path(`/barometer`) || PathPrefix(`/barometer/`))');
  });
});
