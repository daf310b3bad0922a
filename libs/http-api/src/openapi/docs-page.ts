import { problemKinds } from '../problems/api-problem';
import { escapeHtml as text } from '@barometer/kernel';
import type { JsonSchema, OpenApiDocument, OpenApiOperation } from './tidy-document';

/**
 * The documentation as one HTML page without any script, made from the OpenAPI document: it works offline and under the
 * strictest content security policy.
 */
export function docsPage(document: OpenApiDocument): string {
  const base = basePathOf(document);
  const groups = (document.tags ?? []).map((tag) => group(tag, document)).join('\n');
  const schemas = Object.entries(document.components.schemas ?? {})
    .map(([name, schema]) => schemaSection(name, schema))
    .join('\n');
  const problems = Object.entries(problemKinds)
    .map(([kind, { status, title }]) => `<dt id="problem-${kind}"><code>${status} ${kind}</code></dt><dd>${text(title)}</dd>`)
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(document.info.title)} API</title>
<link rel="icon" href="${base}/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${base}/api/v1/docs.css">
</head>
<body>
<header><h1>${text(document.info.title)} API <small>${text(document.info.version)}</small></h1>
${(document.info.description ?? '')
  .split('\n\n')
  .map((part) => `<p>${text(part)}</p>`)
  .join('\n')}
<p><a href="${base}/api/v1/openapi.json">OpenAPI ${text(document.openapi)} document</a> · <a href="${base}/">the page</a></p></header>
<nav aria-label="Parts"><ul>${(document.tags ?? []).map(({ name }) => `<li><a href="#${anchor(name)}">${text(name)}</a></li>`).join('')}
<li><a href="#problems">Problems</a></li><li><a href="#schemas">Schemas</a></li></ul></nav>
<main>
${groups}
<section id="problems"><h2>Problems</h2><dl>${problems}</dl></section>
<section id="schemas"><h2>Schemas</h2>${schemas}</section>
</main>
</body>
</html>
`;
}

const basePathOf = ({ servers }: OpenApiDocument): string => text(servers?.[0]?.url ?? '');

export const docsStyle = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:60rem;margin:0 auto;padding:1rem}
code,pre{font-family:ui-monospace,monospace;font-size:.9em}
pre{overflow-x:auto;padding:.75rem;border:1px solid #8886;border-radius:.4rem}
nav ul{display:flex;flex-wrap:wrap;gap:1rem;padding:0;list-style:none}
article{border-top:1px solid #8886;padding:.5rem 0}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0;border-bottom:1px solid #8883}
caption{text-align:left;font-weight:600}
.method{display:inline-block;min-width:4.5rem;font-weight:700}
.wide{overflow-x:auto}
`;

function group({ name, description }: { name: string; description?: string }, document: OpenApiDocument): string {
  const base = basePathOf(document);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { tags }]) => tags?.includes(name))
      .map(([method, one]) => operation(method, base + path, one)),
  );
  return `<section id="${anchor(name)}"><h2>${text(name)}</h2><p>${text(description ?? '')}</p>\n${operations.join('\n')}</section>`;
}

function operation(method: string, path: string, { summary, description, parameters = [], requestBody, responses }: OpenApiOperation): string {
  const fields = parameters.map(
    ({ name, in: place, required, description: about, schema }) =>
      `<tr><td><code>${text(name)}</code></td><td>${text(place)}${required ? ', required' : ''}</td><td>${text(about ?? schema.description ?? '')} ${type(schema)}</td></tr>`,
  );
  const bodies = Object.entries(requestBody?.content ?? {}).map(([kind, { schema }]) => `<p>Body: <code>${text(kind)}</code> ${type(schema)}</p>`);
  const answers = Object.entries(responses).map(
    ([status, { description: about, content }]) =>
      `<tr><td><code>${status}</code></td><td>${text(about)}</td><td>${Object.values(content ?? {})
        .map(({ schema }) => type(schema))
        .join(' ')}</td></tr>`,
  );
  return `<article><h3><span class="method">${method.toUpperCase()}</span> <code>${text(path)}</code></h3>
<p>${text(summary ?? '')}</p>${description ? `<p>${text(description)}</p>` : ''}
${fields.length > 0 ? `<div class="wide"><table><caption>Parameters</caption>${fields.join('')}</table></div>` : ''}${bodies.join('')}
<div class="wide"><table><caption>Answers</caption>${answers.join('')}</table></div></article>`;
}

/** A schema in a few words, as a link if it has a name. */
function type(schema: JsonSchema): string {
  const name = schema.$ref?.split('/').at(-1);
  if (name) return `<a href="#schema-${encodeURIComponent(name)}">${text(name)}</a>`;
  const values = Array.isArray(schema['enum']) ? schema['enum'].join(' | ') : schema['type'];
  return typeof values === 'string' ? `<code>${text(values)}</code>` : '';
}

function schemaSection(name: string, schema: JsonSchema): string {
  const json = text(JSON.stringify(schema, null, 2)).replace(/#\/components\/schemas\/(\w+)/g, '<a href="#schema-$1">$1</a>');
  return `<article id="schema-${text(name)}"><h3>${text(name)}</h3><pre>${json}</pre></article>`;
}

const anchor = (name: string) => `tag-${name.toLowerCase()}`;
