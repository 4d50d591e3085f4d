-- By which programs each key is used: the latest of each way in, as far as nodes have written them
-- down. No address is kept whole.
create table key_programs (
  key_id varchar(64) not null references api_keys on delete cascade,
  protocol varchar(12) not null,
  library varchar(100) not null,        -- as it named itself; empty when it did not
  address_range varchar(49) not null,   -- a /24 or a /48; empty when it is unknown
  used_at timestamptz not null,
  primary key (key_id, protocol, library, address_range)
);

-- A key that has a successor and is removed once nothing has used it for so long.
create table key_closings (
  key_id varchar(64) primary key references api_keys on delete cascade,
  since timestamptz not null,
  unused_seconds integer not null check (unused_seconds > 0)
);
