-- A row of each kind for the team $team, whose apps and keys begin with $x; accounts are there already.
insert into limit_plans (name, limits) values ('big', '') on conflict do nothing;
insert into tenants (id, name, created_at, plan) values ('$team', 'Team $x', '2026-01-02T03:04:05Z', 'big');
insert into apps (id, tenant_id, name, enabled, client_events, subscription_counts, require_sign_in, created_at, limits,
    allowed_origins)
  values ('$x1', '$team', E'Chat \\ "é" of\t$x', true, true, false, false, '2026-01-02T03:04:06Z', 'connections=5',
           E'https://a.example\nhttps://b.example'),
         ('$x2', '$team', 'Other', false, false, true, true, '2026-01-02T03:04:07Z', '', '');
insert into channel_rules (tenant_id, app_id, pattern, history_days, slow) values ('$team', '$x1', 'chat:*', 30, 'drop-oldest');
insert into api_keys (id, tenant_id, app_id, sealed_secret, label, created_at, replaces, capabilities)
  values ('$xkey', '$team', '$x1', $keyseal, 'backend', '2026-01-03T00:00:00Z', null, null),
         ('$xbot', '$team', '$x1', $botseal, 'bot', '2026-01-03T00:00:01Z', '$xkey', 'publish chat:*');
insert into key_uses values ('$xkey', '2026-02-01T00:00:00Z', 'sdk-java');
insert into key_programs values ('$xkey', 'carillon.v1', 'sdk-java', '10.0.0.0/24', '2026-02-01T00:00:00Z');
insert into key_closings values ('$xbot', '2099-01-01T00:00:00Z', 3600);
insert into token_revocations (tenant_id, app_id, kind, fits, issued_before, revoked_at, kept_at)
  values ('$team', '$x1', 'client', '\x00ff', 17, '2026-02-02T00:00:00Z', '2026-02-02T00:00:00Z');
insert into memberships (id, tenant_id, account_id, role, since)
  values (gen_random_uuid(), '$team', '$ann', 'OWNER', '2026-01-02T00:00:00Z'),
         (gen_random_uuid(), '$team', '$bob', 'VIEWER', '2026-01-02T00:00:00Z');
insert into invitations values (gen_random_uuid(), '$team', 'carol@example.com', 'ADMIN', repeat('$x', 64)::char(64), '2027-01-01T00:00:00Z');
insert into access_tokens (id, account_id, digest, label, tenant_id, ceiling, since, expires_at)
  values (gen_random_uuid(), '$ann', rpad('$x', 64, 'd'), 'ci', '$team', 'ADMIN', '2026-01-02T00:00:00Z', '2027-01-01T00:00:00Z');
insert into audit_log (tenant_id, written_at, account_id, email, address, action, target, value_after)
  values ('$team', '2026-01-02T00:00:00Z', '$ann', 'ann@example.com', '10.0.0.1', 'app.created', '$x1', '{"name":"Chat"}');
insert into webhooks (id, tenant_id, app_id, label, url, format, types, channel_prefix, batched, paused, sealed_secret, since)
  values ('$hook', '$team', '$x1', 'hook', 'https://example.com', 'CARILLON', '{channel_occupied}', '', true, false, $hookseal, '2026-01-02T00:00:00Z');
insert into usage_hours values ('$team', '$x1', '$xkey', '2026-01-02T05:00:00Z', 1, 2, 3, 4, 5, 6);
insert into usage_days values ('$team', '$x1', '$xkey', '2026-01-02T00:00:00Z', 1, 2, 3, 4, 5, 6);
insert into quota_alerts values ('$team', 'messagesPerMonth', '2026-01-01T00:00:00Z', 80, 8, 10, '2026-01-20T00:00:00Z');
select create_archive_day('2026-01-05');
select create_archive_day('2026-01-06');
insert into archive (day, app_id, channel, epoch, log_offset, accepted_at, message_id, event, payload, form, sender)
  values ('2026-01-05', '$x1', 'chat:1', 7000, 1, '2026-01-05T01:00:00Z', '\x6d31', '\x65', '\x00c3280a5c', 2, 0),
         ('2026-01-06', '$x1', 'chat:1', 7000, 2, '2026-01-06T01:00:00Z', null, '\x65', '\x7b7d', 1, 1);
insert into archive_seals values ('$x1', 'chat:1', 7000, '2026-01-06T00:00:00Z');
insert into archive_ends values ('$x1', 'chat:1', 6000, 9, '2026-01-06T00:00:00Z');
