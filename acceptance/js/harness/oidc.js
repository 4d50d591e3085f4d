import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';

const base64url = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A provider of OpenID Connect where everybody who comes is signed in as `person` already. */
export class OidcProvider {
  static client = 'carillon';
  static secret = 'the secret of the client';

  #keys = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  #codes = new Map();
  #server = createServer((request, response) => this.#answer(request, response));
  person = { sub: '1', email: 'anna@example.com', email_verified: true };

  static async start() {
    const provider = new OidcProvider();
    await new Promise((resolve) => provider.#server.listen(0, '127.0.0.1', resolve));
    provider.issuer = `http://127.0.0.1:${provider.#server.address().port}`;
    return provider;
  }

  /** What the server has to be started with. */
  get settings() {
    return {
      CARILLON_OIDC_ISSUER: this.issuer,
      CARILLON_OIDC_CLIENT_ID: OidcProvider.client,
      CARILLON_OIDC_CLIENT_SECRET: OidcProvider.secret,
      CARILLON_OIDC_LABEL: 'Acme ID',
    };
  }

  close() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request, response) {
    const url = new URL(request.url, this.issuer);
    const json = (value, status = 200) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json({
          issuer: this.issuer,
          authorization_endpoint: `${this.issuer}/authorize`,
          token_endpoint: `${this.issuer}/token`,
          jwks_uri: `${this.issuer}/keys`,
        });
      case '/keys':
        return json({ keys: [{ ...this.#keys.publicKey.export({ format: 'jwk' }), kid: '1', use: 'sig', alg: 'RS256' }] });
      case '/authorize': {
        const code = `code-${this.#codes.size}`;
        this.#codes.set(code, url.searchParams);
        const back = new URL(url.searchParams.get('redirect_uri'));
        back.search = new URLSearchParams({ code, state: url.searchParams.get('state'), session_state: 'of the provider' });
        return response.writeHead(302, { location: back.href }).end();
      }
      case '/token':
        return json(...this.#token(new URLSearchParams(await body(request))));
      default:
        return response.writeHead(404).end();
    }
  }

  #token(form) {
    const asked = this.#codes.get(form.get('code'));
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    if (asked?.get('code_challenge') !== challenge || asked.get('redirect_uri') !== form.get('redirect_uri')) {
      return [{ error: 'invalid_grant' }, 400];
    }
    const now = Math.floor(Date.now() / 1_000);
    const claims = { iss: this.issuer, aud: OidcProvider.client, nonce: asked.get('nonce'), iat: now, exp: now + 60, ...this.person };
    const signed = `${base64url({ alg: 'RS256', kid: '1' })}.${base64url(claims)}`;
    const signature = createSign('RSA-SHA256').update(signed).sign(this.#keys.privateKey, 'base64url');
    return [{ id_token: `${signed}.${signature}`, token_type: 'Bearer', access_token: 'unused' }];
  }
}

async function body(request) {
  let text = '';
  for await (const part of request) text += part;
  return text;
}
