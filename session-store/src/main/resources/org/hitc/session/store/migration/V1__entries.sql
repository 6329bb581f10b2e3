-- BYTEA is PostgreSQL's name; SQLite keeps a blob as it is under any column type.
-- Ids are compared by their bytes: a scan relies on their order, whatever the language of the database.
CREATE TABLE entry (
  kind SMALLINT NOT NULL,
  id VARCHAR(128) COLLATE ${bytewise} NOT NULL,
  version BIGINT NOT NULL,
  owner VARCHAR(128) NOT NULL,
  expires BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (kind, id)
);
CREATE INDEX entry_by_owner ON entry (kind, owner, expires);
CREATE INDEX entry_by_expiry ON entry (expires);
