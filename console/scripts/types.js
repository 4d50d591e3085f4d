// Writes the types of what the server sends and takes, from its OpenAPI document.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { compile } from 'json-schema-to-typescript';

const document = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url)));
const saysMore = ['type', 'enum', 'allOf', 'oneOf', 'anyOf', 'properties', 'additionalProperties'];

// OpenAPI 3.1 keeps JSON Schemas, in a place of its own. A schema that refers to another is just that one, and one
// that says nothing of its type may be anything.
function schema({ $ref, ...rest }) {
  if ($ref !== undefined) {
    return { $ref: $ref.replace('#/components/schemas/', '#/$defs/') };
  }
  for (const name of ['items', 'additionalProperties']) {
    if (typeof rest[name] === 'object') {
      rest[name] = schema(rest[name]);
    }
  }
  for (const name of ['allOf', 'oneOf', 'anyOf']) {
    rest[name] &&= rest[name].map(schema);
  }
  rest.properties &&= named(rest.properties);
  return saysMore.some((word) => word in rest) ? rest : { ...rest, tsType: 'unknown' };
}

const named = (schemas) => Object.fromEntries(Object.entries(schemas).map(([name, each]) => [name, schema(each)]));

const types = await compile({ $defs: named(document.components.schemas) }, 'Document', {
  additionalProperties: false,
  bannerComment: '// Written by scripts/types.js from docs/openapi.json.',
  unreachableDefinitions: true,
  style: { singleQuote: true, printWidth: 120 },
});
const file = new URL('../src/lib/api/schema.ts', import.meta.url);
// A file that stays as it is makes no product outdated.
if (!existsSync(file) || readFileSync(file, 'utf8') !== types) {
  writeFileSync(file, types);
}
