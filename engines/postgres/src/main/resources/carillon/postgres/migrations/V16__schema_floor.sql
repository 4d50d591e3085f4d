-- The migration that a server has to know at least: one that knows fewer would damage what is here. A migration adds what older
-- servers do not look at; one that takes something away comes a version after the last server that used it, and raises this.
create table schema_floor (
  one boolean primary key default true check (one),
  migration integer not null
);
insert into schema_floor (migration) values (15);
