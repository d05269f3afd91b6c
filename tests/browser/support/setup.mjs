import { portal, serve } from './servers.mjs'

/** Starts the portal and the server, whose addresses the tests find in the environment. */
export default async function setup() {
  let lawcite = ''
  const host = await portal(() => lawcite)
  const server = await serve([host.url])
  lawcite = server.url
  process.env.LAWCITE_URL = server.url
  process.env.PORTAL_URL = host.url
  return () => {
    server.stop()
    host.stop()
  }
}
