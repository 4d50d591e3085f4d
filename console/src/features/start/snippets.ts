export interface Values {
  /** Where this server is, without a slash at the end. */
  url: string;
  key: string;
  secret: string;
  channel: string;
}

export interface SnippetText {
  title: string;
  how: string;
  text: string;
}

/** Programs that work as they are pasted, with nothing but what each language brings. */
export function snippets(values: Values): SnippetText[] {
  return [
    { title: 'curl', how: 'Publishes, in a terminal.', text: curl(values) },
    { title: 'JavaScript', how: 'Publishes: save it as publish.mjs and run node publish.mjs.', text: javascript(values) },
    { title: 'Java', how: 'Publishes: save it as Publish.java and run java Publish.java.', text: java(values) },
    { title: 'pusher-js', how: 'Listens: npm install pusher-js, save it as listen.mjs and run node listen.mjs.', text: pusherJs(values) },
  ];
}

function curl({ url, key, secret, channel }: Values): string {
  return `curl -u ${key}:${secret} ${url}/v1/channels/${channel}/messages \\
  -H 'Content-Type: application/json' \\
  -d '{"name":"greeting","data":{"text":"hello from curl"}}'`;
}

function javascript({ url, key, secret, channel }: Values): string {
  return `const answer = await fetch('${url}/v1/channels/${channel}/messages', {
  method: 'POST',
  headers: {
    authorization: \`Basic \${btoa('${key}:${secret}')}\`,
    'content-type': 'application/json',
  },
  body: JSON.stringify({ name: 'greeting', data: { text: 'hello from JavaScript' } }),
});
console.log(answer.status, await answer.text());`;
}

function java({ url, key, secret, channel }: Values): string {
  return `import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;

public class Publish {
  public static void main(String[] args) throws Exception {
    String credentials = Base64.getEncoder().encodeToString("${key}:${secret}".getBytes());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("${url}/v1/channels/${channel}/messages"))
            .header("Authorization", "Basic " + credentials)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\\"name\\":\\"greeting\\",\\"data\\":{\\"text\\":\\"hello from Java\\"}}"))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    System.out.println(answer.statusCode() + " " + answer.body());
  }
}`;
}

function pusherJs({ url, key, channel }: Values): string {
  const { protocol, hostname, port } = new URL(url);
  const tls = protocol === 'https:';
  const number = port === '' ? (tls ? 443 : 80) : Number(port);
  return `import Pusher from 'pusher-js';

const pusher = new Pusher('${key}', {
  cluster: '',
  wsHost: '${hostname}',
  wsPort: ${number},
  wssPort: ${number},
  forceTLS: ${tls},
  enabledTransports: ['ws', 'wss'],
});
pusher.subscribe('${channel}').bind('greeting', (data) => console.log(data.text));`;
}
