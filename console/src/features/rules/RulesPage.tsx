import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { matchRule, removeRule } from '../../lib/api/console';
import { rulesQuery } from '../../lib/api/queries';
import type { Rule, RuleMatch } from '../../lib/api/types';
import { usePlace } from '../../lib/place';
import { isAtLeast } from '../../lib/roles';
import { Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { Loaded } from '../../ui/Loaded';
import { usePageTitle } from '../../ui/usePageTitle';
import { EditRule } from './EditRule';
import { wordsOf } from './ruleForm';

type Open = { what: 'new' } | { what: 'edit' | 'remove'; rule: Rule };

export function RulesPage() {
  const { tenant, app } = usePlace();
  usePageTitle(`Channel rules · ${app.name}`);
  const query = useQuery(rulesQuery(tenant.id, app.id));
  const client = useQueryClient();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const changed = () => {
    close();
    void client.invalidateQueries({ queryKey: rulesQuery(tenant.id, app.id).queryKey });
  };
  const may = isAtLeast(tenant.role, 'developer');
  return (
    <>
      <div className="heading">
        <h2>Channel rules</h2>
        {may && (
          <button type="button" onClick={() => setOpen({ what: 'new' })}>
            New rule
          </button>
        )}
      </div>
      <p>
        Of the rules whose pattern matches a channel’s name the most specific counts, and stands first here. <code>*</code> stands for any run of
        characters but <code>:</code>. What a rule leaves open the app’s settings decide.
      </p>
      <Loaded query={query}>
        {({ rules }) =>
          rules.length === 0 ? (
            <p className="empty">No rule yet: the app’s settings count for every channel.</p>
          ) : (
            <ul className="cards">
              {rules.map((rule) => (
                <li key={rule.pattern}>
                  <h3>
                    <code>{rule.pattern}</code>
                  </h3>
                  <ul className="words">
                    {wordsOf(rule).map((words) => (
                      <li key={words}>{words}</li>
                    ))}
                  </ul>
                  {may && (
                    <div className="actions">
                      <button type="button" className="quiet" onClick={() => setOpen({ what: 'edit', rule })}>
                        Edit<span className="hidden"> {rule.pattern}</span> …
                      </button>
                      <button type="button" className="quiet bad" onClick={() => setOpen({ what: 'remove', rule })}>
                        Remove<span className="hidden"> {rule.pattern}</span> …
                      </button>
                    </div>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <Tester />
      {open?.what === 'new' && <EditRule onSaved={changed} onClose={close} />}
      {open?.what === 'edit' && <EditRule rule={open.rule} onSaved={changed} onClose={close} />}
      {open?.what === 'remove' && (
        <Dialog title={`Remove ${open.rule.pattern}?`} onClose={close}>
          <Form
            action={() => removeRule(tenant.id, app.id, open.rule.pattern)}
            onDone={changed}
            submit="Remove the rule"
            danger
            fields={[]}
            onCancel={close}
          >
            {() => <p>The next most specific rule counts for its channels from then on, or the app’s settings.</p>}
          </Form>
        </Dialog>
      )}
    </>
  );
}

/** Which rule is for a channel. */
function Tester() {
  const { tenant, app } = usePlace();
  const [channel, setChannel] = useState('');
  const [match, setMatch] = useState<RuleMatch>();
  return (
    <section aria-labelledby="tester">
      <h2 id="tester">Which rule matches this channel?</h2>
      <Form action={() => matchRule(tenant.id, app.id, channel.trim())} onDone={setMatch} submit="Ask" fields={['channel']}>
        {(wrong) => <TextField label="Channel" value={channel} onChange={setChannel} mono wrong={wrong('channel')} />}
      </Form>
      <div role="status">
        {match !== undefined && (
          <p>
            {match.rule === undefined ? (
              <>
                No rule matches <code>{match.channel}</code>; the app’s settings count.
              </>
            ) : (
              <>
                <code>{match.rule.pattern}</code> counts for <code>{match.channel}</code>: {wordsOf(match.rule).join('; ')}.
                {match.hidden.length > 0 && ` Less specific, and so without effect: ${match.hidden.join(', ')}.`}
              </>
            )}
          </p>
        )}
      </div>
    </section>
  );
}
