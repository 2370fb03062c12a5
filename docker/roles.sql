-- The three roles and the database; run by psql as a superuser, as often as you like.
-- PORTAL_OWNER_PASSWORD, PORTAL_WEB_PASSWORD and PORTAL_BACKUP_PASSWORD come from psql's environment.
\getenv owner_password PORTAL_OWNER_PASSWORD
\getenv web_password PORTAL_WEB_PASSWORD
\getenv backup_password PORTAL_BACKUP_PASSWORD

-- The owner migrates; forced row security binds it too, since it is no superuser.
SELECT 'CREATE ROLE portal_owner' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_owner') \gexec
ALTER ROLE portal_owner LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS CREATEDB PASSWORD :'owner_password';

-- The role that serves: what it may do to a table is granted by the migrations.
SELECT 'CREATE ROLE portal_web' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_web') \gexec
ALTER ROLE portal_web LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS NOCREATEDB PASSWORD :'web_password';

-- A dump has to see every row; this role can do nothing but read.
SELECT 'CREATE ROLE portal_backup' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_backup') \gexec
ALTER ROLE portal_backup LOGIN NOSUPERUSER NOCREATEROLE BYPASSRLS NOCREATEDB PASSWORD :'backup_password';
ALTER ROLE portal_backup SET default_transaction_read_only = on;
GRANT pg_read_all_data TO portal_backup;

SELECT 'CREATE DATABASE portal OWNER portal_owner TEMPLATE template0'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'portal') \gexec
REVOKE ALL ON DATABASE portal FROM PUBLIC;
GRANT CONNECT ON DATABASE portal TO portal_web, portal_backup;
-- A table is read in beside the rows that it becomes (indicators/ledgers/storing.py).
GRANT TEMPORARY ON DATABASE portal TO portal_web;
