// The server under test and a portal on another origin, both on this machine and on ports of their own.

import { spawn, execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')

const program = process.env.LAWCITE ?? join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug/lawcite')

/** What is indexed: the seed, two small statutes with a list that cites them, and sources that mean no good. */
const sources = ['seeds', 'tests/acceptance/statutes', 'tests/browser/sources']

/**
 * Builds an index and serves it.
 * @param {string[]} origins those that may embed the widget
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
export async function serve(origins) {
  if (!existsSync(program)) throw new Error(`no ${program}: run \`cargo build\` first`)
  const folder = mkdtempSync(join(tmpdir(), 'lawcite-browser-'))
  const index = join(folder, 'index')
  execFileSync(program, ['index', '--index', index, ...sources], { cwd: root, stdio: 'pipe' })
  const allowed = origins.flatMap((origin) => ['--allow-origin', origin])
  const server = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--index', index, ...allowed], { cwd: root })
  const stop = () => {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  const url = await new Promise((found, failed) => {
    let said = ''
    server.stderr.on('data', (chunk) => {
      said += chunk
      const address = said.match(/http:\/\/127\.0\.0\.1:\d+/)
      if (address) found(address[0])
    })
    server.on('exit', () => failed(new Error(`the server ended: ${said}`)))
  })
  return { url, stop }
}

/** @type {Record<string, string>} */
const kinds = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' }

/**
 * Serves `examples/` as a portal does, on an origin of its own. The server's address in the pages is replaced by `lawcite()`.
 * @param {() => string} lawcite
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
export async function portal(lawcite) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://portal').pathname)
    if (path === '/favicon.ico') return response.writeHead(204).end()
    const file = join(root, 'examples', path)
    if (!file.startsWith(join(root, 'examples')) || !existsSync(file) || !(extname(file) in kinds)) {
      response.writeHead(404).end('not found')
      return
    }
    const text = readFileSync(file, 'utf8').replaceAll('http://127.0.0.1:8080', lawcite())
    response.writeHead(200, { 'content-type': `${kinds[extname(file)]}; charset=utf-8` }).end(text)
  })
  await new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(undefined)))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `http://127.0.0.1:${port}`, stop: () => { server.close(); server.closeAllConnections() } }
}
