// Packages that snippets import and that the library does without.
declare module 'express' {
  interface Request {
    readonly headers: Record<string, string | undefined>
  }
  interface Response {
    type(type: string): Response
    send(body: string): Response
    status(status: number): Response
  }
  const express: () => { post(path: string, handler: (request: Request, response: Response) => Promise<unknown>): void }
  export default express
}

declare module 'jsonwebtoken' {
  export function sign(
    claims: object,
    secret: string,
    options: { algorithm: 'HS256'; keyid: string; expiresIn: string; subject?: string },
  ): string
}

declare module 'pusher-js' {
  import type { PusherLike } from '@carillon/client/pusher'

  const Pusher: new (key: string, options: object) => PusherLike & {
    subscribe(channel: string): { bind(event: string, handler: (...of: any[]) => unknown): unknown }
  }
  export default Pusher
}
