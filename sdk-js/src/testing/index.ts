/** For the tests of applications: a server in memory, and a clock that a test moves. */
export { settle, TestClock } from './clock.js'
export { TestServer } from './server.js'
export type { TestServerOptions } from './server.js'
