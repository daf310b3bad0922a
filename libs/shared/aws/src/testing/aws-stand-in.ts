import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The answer to a request: an error of AWS, a body, or none at all. */
export type StandInAnswer = { readonly error: string; readonly message?: string; readonly status?: number } | { readonly body: unknown } | 'never';

/** A server on loopback that implements just enough of the AWS protocols to fail, or to give one answer. */
export async function startAwsStandIn(answer: (request: IncomingMessage, body: string) => StandInAnswer) {
  const server = createServer((request, response) => {
    let asked = '';
    request
      .setEncoding('utf8')
      .on('data', (text: string) => (asked += text))
      .on('end', () => {
        const given = answer(request, asked);
        if (given === 'never') return;
        if ('body' in given) return void response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(given.body));
        const { error, message = error, status = 400 } = given;
        response
          .writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': error })
          .end(JSON.stringify({ __type: `com.amazonaws#${error}`, message }));
      });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    /** Environment variables that point the SDK to this server. */
    environment: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sets environment variables while `work` runs. */
export async function withEnvironment<R>(variables: Readonly<Record<string, string>>, work: () => Promise<R>): Promise<R> {
  const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));
  Object.assign(process.env, variables);
  try {
    return await work();
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
