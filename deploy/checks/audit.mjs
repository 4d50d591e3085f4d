// Asks who collects such things what is known against the libraries that are built with and shipped: OSV (https://osv.dev) about those
// of bills of materials, npm's registry about those of lock files.
//
//   node audit.mjs <accepted.json> <bill.cdx.json | folder with a package-lock.json>...
//
// Exit codes: 0 all was asked and nothing is known; 1 something is known; 2 somebody could not be asked, so nothing is known of what is left.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const OSV = process.env.CARILLON_OSV_URL ?? 'https://api.osv.dev'
const QUESTIONS_MAX = 1000
const PATIENCE_MILLIS = 30_000
const NPM_PATIENCE_MILLIS = 120_000
const AT_ONCE = 8

const [acceptedFile, ...subjects] = process.argv.slice(2)
const json = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** Somebody did not answer, or not with what was asked for. */
class Unanswered extends Error {}

async function ask(path, question) {
  const url = OSV + path
  try {
    const answer = await fetch(url, {
      signal: AbortSignal.timeout(PATIENCE_MILLIS),
      ...(question && { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(question) }),
    })
    if (!answer.ok) throw new Unanswered(`${url} answered ${answer.status}`)
    return await answer.json()
  } catch (e) {
    if (e instanceof Unanswered) throw e
    throw new Unanswered(`${url}: ${e.cause?.code ?? e.message}`)
  }
}

/** In parts, so that not everything is asked at once. */
function partsOf(list, size) {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))
}

/** Which advisories there are for each library; a list that goes on behind a token is asked for again. */
async function idsOf(purls) {
  const found = []
  for (const part of partsOf(purls, QUESTIONS_MAX)) {
    let open = part.map((purl) => ({ purl }))
    while (open.length > 0) {
      const { results } = await ask('/v1/querybatch', { queries: open.map(({ purl, token }) => ({ package: { purl }, ...(token && { page_token: token }) })) })
      if (results?.length !== open.length) throw new Unanswered(`${OSV} answered ${results?.length} of ${open.length} questions`)
      results.forEach((result, i) => found.push(...(result.vulns ?? []).map(({ id }) => ({ id, purl: open[i].purl }))))
      open = open.flatMap(({ purl }, i) => (results[i].next_page_token ? [{ purl, token: results[i].next_page_token }] : []))
    }
  }
  return found
}

const fixesOf = (advisory, name) => [
  ...new Set((advisory.affected ?? []).filter((it) => it.package?.name === name)
    .flatMap((it) => it.ranges ?? []).flatMap((it) => it.events ?? []).flatMap((it) => it.fixed ?? [])),
]

/** What OSV knows: of Maven's libraries the name is group:artifact, as it is there. */
async function ofBill(file) {
  const purls = [...new Set((json(file).components ?? []).map(({ purl }) => purl?.replace(/[?#].*$/, '')).filter((purl) => purl && !purl.includes('/io.carillon/')))]
  if (purls.length === 0) throw new Error(`${file}: no libraries (expected: a bill of materials of CycloneDX; run ./carillon build)`)
  const found = []
  for (const part of partsOf(await idsOf(purls), AT_ONCE)) {
    found.push(...(await Promise.all(part.map(async ({ id, purl }) => {
      const advisory = await ask(`/v1/vulns/${encodeURIComponent(id)}`).catch(() => ({})) // its id is enough to look at
      const [path, version] = decodeURIComponent(purl.replace(/^pkg:[a-z]+\//, '')).split(/@(?=[^@/]*$)/)
      const name = purl.startsWith('pkg:maven/') ? path.replace('/', ':') : path
      return { ids: [id, ...(advisory.aliases ?? [])], what: `${name} ${version}`, title: advisory.summary ?? '', fixes: fixesOf(advisory, name) }
    }))))
  }
  return { asked: purls.length, found }
}

/** What npm's registry knows, by npm itself, which knows of mirrors and proxies. */
function ofLock(folder) {
  const run = spawnSync('npm', ['audit', '--json', '--package-lock-only'], { cwd: folder, encoding: 'utf8', timeout: NPM_PATIENCE_MILLIS })
  let report
  try {
    report = JSON.parse(run.stdout)
  } catch {
    throw new Unanswered(`npm audit in ${folder}: ${run.error?.message ?? run.stderr.trim().split('\n').at(-1)}`)
  }
  if (!report.vulnerabilities) {
    throw new Unanswered(`npm audit in ${folder}: ${report.message ?? report.error?.summary ?? 'no report'}`)
  }
  const advisories = Object.values(report.vulnerabilities).flatMap(({ via }) => via.filter((it) => typeof it === 'object'))
  const found = advisories.map(({ url, name, range, title }) => ({ ids: [url.split('/').at(-1)], what: `${name} ${range}`, title, fixes: [] }))
  return { asked: Object.keys(json(`${folder}/package-lock.json`).packages).length - 1, found }
}

/** Whether somebody has looked at it, and for how long that holds. */
function acceptanceOf(ids, accepted) {
  return accepted.find(({ id, until }) => ids.includes(id) && Date.parse(until) > Date.now())
}

let code = 0
const accepted = json(acceptedFile)
for (const subject of subjects) {
  try {
    const { asked, found } = subject.endsWith('.json') ? await ofBill(subject) : ofLock(subject)
    const open = found.filter(({ ids }) => !acceptanceOf(ids, accepted))
    for (const { ids, what, title, fixes } of open) {
      console.log(`${ids.join(' ')}  ${what}  ${title}${fixes.length > 0 ? ` (fixed in ${fixes.join(', ')})` : ''}`)
    }
    console.log(`${subject}: ${asked} libraries, ${open.length} advisories${found.length > open.length ? `, and ${found.length - open.length} accepted` : ''}`)
    if (open.length > 0) code = 1
  } catch (e) {
    if (!(e instanceof Unanswered)) throw e
    console.log(`${subject}: NOT CHECKED, ${e.message}`)
    if (code === 0) code = 2
  }
}
process.exitCode = code
