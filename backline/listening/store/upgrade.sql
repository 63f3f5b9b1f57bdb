-- Brings a file of version 1 to version 2; what is new besides is made by `schema.sql` afterwards.
-- Version 1 never wrote a change of a verdict. The rollups lack engagement until the rebuild that is asked for here.

ALTER TABLE day_salt ADD COLUMN networks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE open_listen ADD COLUMN network INTEGER NOT NULL DEFAULT 0;
ALTER TABLE listen ADD COLUMN network INTEGER NOT NULL DEFAULT 0;
ALTER TABLE artist_day ADD COLUMN engagement BLOB NOT NULL DEFAULT x'';
ALTER TABLE beat_day ADD COLUMN engagement BLOB NOT NULL DEFAULT x'';
ALTER TABLE artist_total ADD COLUMN engagement BLOB NOT NULL DEFAULT x'';
ALTER TABLE beat_total ADD COLUMN engagement BLOB NOT NULL DEFAULT x'';
DROP TABLE verdict_change;
CREATE TABLE mark_log (
    no INTEGER PRIMARY KEY, kind INTEGER NOT NULL, target INTEGER NOT NULL, artists INTEGER NOT NULL,
    day INTEGER NOT NULL, step INTEGER NOT NULL
);
INSERT INTO mark_log (kind, target, artists, day, step)
    SELECT kind, target, artists, day, 1 FROM mark ORDER BY day, kind, target, account;
INSERT INTO watermark VALUES ('rebuild', 1, 0);
