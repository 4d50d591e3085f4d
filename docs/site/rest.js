// Pages of the REST reference from docs/openapi.json, as Markdown, so that search and links work in them as anywhere.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { slugify } from './links.js'

const { paths, components } = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'))
const out = new URL('generated/rest/', import.meta.url)

/** The first group whose pattern a path has is its page. */
const GROUPS = [
  { file: 'publishing', title: 'REST: publishing', pattern: /^\/v1\/(channels\/\{channel\}\/messages|messages|users\/.*messages)$/, method: 'post' },
  { file: 'channels', title: 'REST: channels and users', pattern: /^\/v1\/(channels|users)/ },
  { file: 'tokens', title: 'REST: tokens and permissions', pattern: /^\/v1\/(tokens|tickets|permissions)/ },
  { file: 'rules', title: 'REST: channel rules', pattern: /^\/v1\/rules/ },
  { file: 'realtime', title: 'REST: listening over HTTP', pattern: /^\/v1\/(sse|poll|realtime|rpc)/ },
  { file: 'operator', title: 'REST: for who runs the server', pattern: /^\/v1\/operator/ },
  { file: 'console-webhooks', title: 'REST, console: webhooks', pattern: /^\/v1\/console\/.*\/webhooks/ },
  { file: 'console-apps', title: 'REST, console: apps, keys, rules', pattern: /^\/v1\/console\/tenants\/\{tenant\}\/(apps|apply)/ },
  { file: 'console-teams', title: 'REST, console: teams', pattern: /^\/v1\/console\/(tenants|invitations)/ },
  { file: 'console-accounts', title: 'REST, console: accounts', pattern: /^\/v1\/console/ },
  { file: 'others', title: 'REST: others', pattern: /./ },
]

const WHO = {
  key: "a key with its secret (`Authorization: Basic`)",
  token: 'a client token (`Authorization: Bearer`)',
  session: "the console's session (a cookie)",
  accessToken: 'an access token (`Authorization: Bearer`)',
  operator: "the operator's token (`Authorization: Bearer`)",
}

const resolve = (schema) => (schema?.$ref ? components.schemas[schema.$ref.split('/').pop()] : schema) ?? {}
const nameOf = (schema) => schema?.$ref?.split('/').pop()
const cell = (text) => String(text ?? '').replaceAll('|', '\\|').replace(/\s+/g, ' ').replace(/[<>{}]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** What a value may be, in a few words. */
function typeOf(schema = {}) {
  const name = nameOf(schema)
  const { type, items, enum: values, format, additionalProperties, minimum, maximum, maxLength, oneOf, anyOf } = resolve(schema)
  if (values) return values.map((value) => JSON.stringify(value)).join(' or ')
  if (oneOf ?? anyOf) return (oneOf ?? anyOf).map(typeOf).join(' or ')
  if (type === 'array') return `list of ${typeOf(items)}`
  if (name && type === 'object') return name
  if (resolve(schema).properties) return 'object'
  if (type === 'object' && typeof additionalProperties === 'object') return `object of ${typeOf(additionalProperties)}`
  const bounds = [format, minimum === undefined ? '' : `from ${minimum}`, maximum === undefined ? '' : `to ${maximum}`, maxLength ? `up to ${maxLength} characters` : '']
  return [[type ?? 'any JSON'].flat().join(' or '), ...bounds.filter(Boolean)].join(', ')
}

/** What says nothing of itself is text in an address or a header. */
const parameterType = (schema = {}) => (Object.keys(schema).length === 0 ? 'string' : typeOf(schema))

/** A row for each member, those of members behind a dot. */
function rows(schema, before = '', seen = []) {
  const { properties = {}, required = [] } = resolve(schema)
  return Object.entries(properties).flatMap(([name, member]) => {
    const list = resolve(member).type === 'array'
    const inner = list ? resolve(member).items : member
    const path = `${before}${name}${list ? '[]' : ''}`
    const row = `| \`${path}\` | ${cell(typeOf(member))} | ${required.includes(name) ? 'yes' : ''} | ${cell(member.description ?? resolve(member).description)} |`
    const type = nameOf(inner)
    if (!resolve(inner).properties || (type && seen.includes(type)) || seen.length > 3) return [row]
    return [row, ...rows(inner, `${path}.`, [...seen, type])]
  })
}

const table = (what, lines) => (lines.length === 0 ? [] : ['', `| ${what} | Type | Always | What it is |`, '|---|---|---|---|', ...lines])

function bodyOf(title, content = {}) {
  return Object.entries(content).flatMap(([type, { schema }]) => {
    const found = resolve(schema)
    const lines = found.type === 'array' ? rows(found.items, '[].') : rows(schema)
    return ['', `**${title}**, \`${type}\`${lines.length === 0 ? `: ${cell(typeOf(schema))}` : ''}`, ...table('Member', lines)]
  })
}

function operation([path, method, { summary, description, security, parameters = [], requestBody, responses }]) {
  const who = (security ?? []).flatMap((each) => Object.keys(each)).map((name) => WHO[name] ?? name)
  const asked = parameters.map(
    (each) => `| \`${each.name}\` (${each.in}) | ${cell(parameterType(each.schema))} | ${each.required ? 'yes' : ''} | ${cell(each.description)} |`,
  )
  const refused = responses['4XX'] ? ['', 'What is refused is answered with a [problem](../../../errors.md).'] : []
  return [
    '',
    `## ${cell(summary)}`,
    '',
    `\`${method.toUpperCase()} ${path}\``,
    ...(description ? ['', cell(description)] : []),
    ...(who.length > 0 ? ['', `With ${who.join(', or ')}.`] : []),
    ...table('Parameter', asked),
    ...bodyOf('Body', requestBody?.content),
    ...Object.entries(responses)
      .filter(([status]) => status !== '4XX')
      .flatMap(([status, { description: text, content }]) => ['', `**${status}** ${cell(text)}`, ...bodyOf('Answer', content)]),
    ...refused,
  ]
}

const operations = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, each]) => [path, method, each]))
const groupOf = ([path, method]) => GROUPS.find((group) => group.pattern.test(path) && (group.method ?? method) === method)

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
const index = ['# REST: all calls', '', 'The same as [the OpenAPI document](../../../openapi.json), which a server has at `/openapi`.']
for (const group of GROUPS) {
  const own = operations.filter((each) => groupOf(each) === group)
  if (own.length === 0) continue
  writeFileSync(new URL(`${group.file}.md`, out), [`# ${group.title}`, ...own.flatMap(operation), ''].join('\n'))
  const lines = own.map(([path, method, { summary }]) => `| \`${method.toUpperCase()} ${path}\` | [${cell(summary)}](${group.file}.md#${slugify(summary)}) |`)
  index.push('', `## ${group.title.replace(/REST[:,] /, '')}`, '', '| Call | What it does |', '|---|---|', ...lines)
}
writeFileSync(new URL('index.md', out), `${index.join('\n')}\n`)
