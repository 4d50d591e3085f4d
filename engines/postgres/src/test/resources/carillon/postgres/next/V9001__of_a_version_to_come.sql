alter table apps add column region varchar(20);
alter table api_keys add column note text not null default '';
create table regions (name varchar(20) primary key);
