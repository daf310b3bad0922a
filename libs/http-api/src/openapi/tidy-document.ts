/** The parts of an OpenAPI 3.1 document that are used here. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description?: string };
  tags?: { name: string; description?: string }[];
  servers?: { url: string }[];
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas?: Record<string, JsonSchema>; [kind: string]: unknown };
}

export interface OpenApiOperation {
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema: JsonSchema }[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, OpenApiResponse>;
}

export interface OpenApiResponse {
  description: string;
  content?: Record<string, { schema: JsonSchema }>;
}

export interface JsonSchema {
  $ref?: string;
  description?: string;
  [keyword: string]: unknown;
}

/**
 * Removes unused schemas and patterns that a format makes redundant, gives request schemas their plain names, and
 * describes every response.
 */
export function tidyDocument(generated: OpenApiDocument): OpenApiDocument {
  const document = withoutFormatPatterns(generated);
  const schemas = document.components.schemas ?? {};
  const used = usedSchemas(document.paths, schemas);
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
  for (const operations of Object.values(document.paths)) {
    for (const { responses } of Object.values(operations)) {
      for (const [status, response] of Object.entries(responses)) describeResponse(status, response, kept);
    }
  }
  return withPlainNames({ ...document, components: { ...document.components, schemas: kept } });
}

/** The pattern of a date is a long expression about leap years that helps no reader: its format is enough. */
function withoutFormatPatterns(document: OpenApiDocument): OpenApiDocument {
  const isSpare = (key: string, schema: { format?: unknown }) => key === 'pattern' && /^date(-time)?$/.test(String(schema.format));
  return JSON.parse(
    JSON.stringify(document, function (this: { format?: unknown }, key, value: unknown) {
      return isSpare(key, this) ? undefined : value;
    }),
  ) as OpenApiDocument;
}

/** Request schemas are called `NewSourceInput` even if no response schema is called `NewSource`: then they get that name. */
function withPlainNames(document: OpenApiDocument): OpenApiDocument {
  const names = new Set(Object.keys(document.components.schemas ?? {}));
  const plain = (name: string) => (name.endsWith('Input') && !names.has(name.slice(0, -5)) ? name.slice(0, -5) : name);
  const schemas = Object.fromEntries(Object.entries(document.components.schemas ?? {}).map(([name, schema]) => [plain(name), schema]));
  const text = JSON.stringify({ ...document, components: { ...document.components, schemas } });
  return JSON.parse(text.replace(/(?<="#\/components\/schemas\/)\w+(?=")/g, plain)) as OpenApiDocument;
}

/** The schemas that the paths refer to, directly or through others. */
function usedSchemas(paths: unknown, schemas: Readonly<Record<string, JsonSchema>>): ReadonlySet<string> {
  const used = new Set<string>();
  const visit = (part: unknown): void => {
    for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (name === undefined || used.has(name)) continue;
      used.add(name);
      visit(schemas[name] ?? {});
    }
  };
  visit(paths);
  return used;
}

const words: Readonly<Record<string, string>> = { 200: 'The answer', 201: 'Added', 202: 'Accepted', 204: 'Done', 304: 'Nothing has changed' };

function describeResponse(status: string, response: OpenApiResponse, schemas: Readonly<Record<string, JsonSchema>>): void {
  if (status === '204' || status === '304') delete response.content;
  if (response.description !== 'Default Response') return;
  const schema = Object.values(response.content ?? {})[0]?.schema;
  const name = schema?.$ref?.split('/').at(-1);
  response.description = (name && schemas[name]?.description) ?? words[status] ?? 'The answer';
}
