/** For the tests of applications: a server in memory, and a clock that a test moves. */
export { settle, TestClock } from './clock.js'
export type { TestServerOptions } from './hub.js'
export { TestServer } from './server.js'
