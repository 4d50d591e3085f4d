import assert from 'node:assert/strict';
import { password } from './console.js';

/** Somebody who uses the console's API without its pages. */
export class Tenant {
  static async signedUp(server, email) {
    const tenant = new Tenant();
    tenant.server = server;
    const { tenants } = await tenant.call('POST', '/accounts', { email, password, tenant: 'Acme' });
    tenant.path = `/tenants/${tenants[0].id}`;
    return tenant;
  }

  /** The answer's body; a refusal is a failure unless its status is expected. */
  async call(method, path, body, status = undefined) {
    const response = await fetch(`${this.server.url}/v1/console${path}`, {
      method,
      headers: {
        origin: this.server.url,
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.slice(0, set.indexOf(';'));
    const answer = await response.json();
    assert.ok(status === undefined ? response.ok : response.status === status, `${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }
}
