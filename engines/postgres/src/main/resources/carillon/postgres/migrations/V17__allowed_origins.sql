-- Origins of web pages that may connect to an application, a line for each; none for all that the server lets in. A server that
-- is older does not look at them, so the server's own list is what holds until all processes are replaced.
alter table apps add column allowed_origins text not null default '';
