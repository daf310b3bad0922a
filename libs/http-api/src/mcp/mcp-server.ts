import type { Readable, Writable } from 'node:stream';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import { problemSchema } from '../contract';
import { CallerError, type ApiAnswer, type AskApi } from './api-caller';
import { tools, type Tool } from './tools';
import { UNTRUSTED_NOTE } from './untrusted';

export interface McpServerOptions {
  readonly ask: AskApi;
  readonly version: string;
  /** Receives unexpected errors; it must not write to standard output, which belongs to the protocol. */
  readonly log?: (line: string) => void;
}

const INSTRUCTIONS = `Barometer measures the tone of the news from headlines. Start with "mood"; "breakdown" tells the ids of topics and sources. Tones go from -1 to 1; null means that nothing was scored, not zero. Everything here only reads. ${UNTRUSTED_NOTE}`;

/** A server of the Model Context Protocol whose tools are routes of the API; connect it to a transport. */
export function buildMcpServer({ ask, version, log = () => undefined }: McpServerOptions): McpServer {
  const server = new McpServer({ name: 'barometer', version }, { instructions: INSTRUCTIONS });
  for (const tool of tools) {
    const { name, title, description, input, output } = tool;
    server.registerTool(
      name,
      { title, description, inputSchema: input, outputSchema: output, annotations: { title, readOnlyHint: true, idempotentHint: true, openWorldHint: false } },
      async (given: Record<string, unknown>) => callTool(tool, given, ask, log),
    );
  }
  return server;
}

/** Speaks the protocol on these streams until the client closes its side, or `stop` is aborted. */
export async function serveMcp(
  options: McpServerOptions,
  { stdin, stdout }: { readonly stdin: Readable; readonly stdout: Writable },
  stop: AbortSignal,
): Promise<void> {
  const server = buildMcpServer(options);
  const gone = new Promise<void>((resolve) => {
    for (const event of ['end', 'close', 'error']) stdin.once(event, () => resolve());
    stop.addEventListener('abort', () => resolve(), { once: true });
  });
  await server.connect(new StdioServerTransport(stdin, stdout));
  if (!stop.aborted) await gone;
  await server.close();
}

async function callTool(tool: Tool, given: Record<string, unknown>, ask: AskApi, log: (line: string) => void): Promise<CallToolResult> {
  try {
    const response = await ask(tool.request(given));
    if (response.status !== 200) return failure(refusalOf(response));
    const structuredContent = tool.answer(response.body);
    return { structuredContent, content: [{ type: 'text', text: JSON.stringify(structuredContent) }] };
  } catch (error) {
    if (error instanceof CallerError) return failure(error.message);
    if (error instanceof z.ZodError)
      return failure(`The answer is not one of this version of the API (${error.issues[0]?.path.join('.') ?? ''}): is it a Barometer of the same version?`);
    log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return failure('Something unexpected went wrong; the log of "barometer mcp" says more.');
  }
}

const failure = (text: string): CallToolResult => ({ isError: true, content: [{ type: 'text', text }] });

function refusalOf({ status, body }: ApiAnswer): string {
  const { success, data } = problemSchema.safeParse(body);
  if (!success)
    return status >= 300 && status < 400
      ? `That address redirects elsewhere (${status}); give the address that it leads to.`
      : `What answered (${status}) is no Barometer.`;
  if (status === 401) return 'This Barometer wants a key: set BAROMETER_KEY to one that may read ("barometer keys add").';
  const fields = (data.errors ?? []).map(({ field, message }) => `${field} ${message}`);
  return fields.length > 0 ? `${fields.join('; ')}.` : (data.detail ?? data.title);
}
