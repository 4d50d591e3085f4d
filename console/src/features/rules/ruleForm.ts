import { numberOf } from '../../lib/number';
import type { Rule, RuleRequest, SlowPolicy, Standing } from '../../lib/api/types';

/** What stands in the form of a rule; an empty text leaves it to the application's settings. */
export interface RuleForm {
  pattern: string;
  messageBytes: string;
  clientEvents: '' | 'yes' | 'no';
  hotMessages: string;
  hotSeconds: string;
  historyDays: string;
  publish: '' | Standing;
  subscribe: '' | Standing;
  presence: '' | Standing;
  slow: '' | SlowPolicy;
  events: string;
  schema: string;
}

export function formOf(rule: Rule | undefined): RuleForm {
  const text = (value: number | undefined) => (value === undefined ? '' : String(value));
  return {
    pattern: rule?.pattern ?? '',
    messageBytes: text(rule?.messageBytes),
    clientEvents: rule?.clientEvents === undefined ? '' : rule.clientEvents ? 'yes' : 'no',
    hotMessages: text(rule?.hot?.messages),
    hotSeconds: text(rule?.hot?.seconds),
    historyDays: text(rule?.historyDays),
    publish: rule?.publish ?? '',
    subscribe: rule?.subscribe ?? '',
    presence: rule?.presence ?? '',
    slow: rule?.slow ?? '',
    events: rule?.events?.join(', ') ?? '',
    schema: rule?.schema === undefined ? '' : JSON.stringify(rule.schema, undefined, 2),
  };
}

/**
 * The form as it is sent. What is no number is sent as it was typed, so that the server says at the field what it expects.
 *
 * @throws SyntaxError when the schema is no JSON
 */
export function requestOf(form: RuleForm): RuleRequest {
  const request: RuleRequest = {};
  if (form.messageBytes !== '') request.messageBytes = numberOf(form.messageBytes);
  if (form.clientEvents !== '') request.clientEvents = form.clientEvents === 'yes';
  if (form.hotMessages !== '' || form.hotSeconds !== '') {
    request.hot = { messages: numberOf(form.hotMessages), seconds: numberOf(form.hotSeconds) };
  }
  if (form.historyDays !== '') request.historyDays = numberOf(form.historyDays);
  if (form.publish !== '') request.publish = form.publish;
  if (form.subscribe !== '') request.subscribe = form.subscribe;
  if (form.presence !== '') request.presence = form.presence;
  if (form.slow !== '') request.slow = form.slow;
  const events = form.events.split(',').map((name) => name.trim()).filter((name) => name !== '');
  if (events.length > 0) request.events = events;
  if (form.schema.trim() !== '') request.schema = JSON.parse(form.schema);
  return request;
}

const slowWords = {
  disconnect: 'disconnected, and they resume',
  'drop-oldest': 'the oldest messages give way',
  'latest-per-key': 'the newest of each event',
} as const;

/** What a rule says, in a few words each. */
export function wordsOf(rule: Rule): string[] {
  const words: string[] = [];
  if (rule.publish !== undefined) words.push(`publish: ${rule.publish}`);
  if (rule.subscribe !== undefined) words.push(`subscribe: ${rule.subscribe}`);
  if (rule.presence !== undefined) words.push(`presence: ${rule.presence}`);
  if (rule.messageBytes !== undefined) words.push(`up to ${rule.messageBytes} bytes`);
  if (rule.clientEvents !== undefined) words.push(rule.clientEvents ? 'client events' : 'no client events');
  if (rule.hot !== undefined) words.push(`keeps ${rule.hot.messages} messages for ${rule.hot.seconds} s`);
  if (rule.historyDays !== undefined) words.push(`archive of ${rule.historyDays} days`);
  if (rule.slow !== undefined) words.push(`slow readers: ${slowWords[rule.slow]}`);
  if (rule.events !== undefined) words.push(`events: ${rule.events.join(', ')}`);
  if (rule.schema !== undefined) words.push('JSON schema');
  return words.length === 0 ? ['as the app’s settings say'] : words;
}
